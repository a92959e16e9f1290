import alluxio.AlluxioURI;
import alluxio.client.file.FileInStream;
import alluxio.client.file.FileSystem;
import alluxio.client.file.URIStatus;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Reads every file of a data set through the cache, epoch after epoch, as the loader of a training does. Its own lines go to
 * standard output, those of the cache's client to the client's log.
 */
public class ReadDataset {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");

  /** Parameters: job, data set, epochs, pause after each file in milliseconds. */
  public static void main(String[] args) throws Exception {
    String job = args[0];
    FileSystem files = FileSystem.Factory.create();
    byte[] buffer = new byte[64 << 10];
    log("INFO", job, "start, dataset=/" + args[1] + " epochs=" + args[2]);
    for (int epoch = 1; epoch <= Integer.parseInt(args[2]); epoch++) {
      long started = System.nanoTime();
      long bytes = 0;
      int failed = 0;
      List<URIStatus> samples = files.listStatus(new AlluxioURI("/" + args[1]));
      for (URIStatus sample : samples) {
        long asked = System.nanoTime();
        try (FileInStream in = files.openFile(new AlluxioURI(sample.getPath()))) {
          for (int read = in.read(buffer); read > 0; read = in.read(buffer)) bytes += read;
        } catch (Exception e) {
          failed++;
          log("ERROR", job, "cannot read " + sample.getPath() + ": " + e);
        }
        long waitedMs = (System.nanoTime() - asked) / 1_000_000;
        if (waitedMs > 2_000) log("WARN", job, "reading " + sample.getPath() + " took " + waitedMs + " ms");
        Thread.sleep(Long.parseLong(args[3]));
      }
      double seconds = (System.nanoTime() - started) / 1e9;
      log("INFO", job, String.format("epoch %d done: %.1f s, %d samples, %d failed, %.1f MB, %.1f MB/s", epoch, seconds, samples.size(), failed, bytes / 1e6, bytes / 1e6 / seconds));
    }
    log("INFO", job, "training done");
    System.exit(0);
  }

  private static void log(String level, String job, String text) {
    System.out.println(TIME.format(LocalDateTime.now()) + " " + level + " [main] " + job + " - " + text);
  }
}
