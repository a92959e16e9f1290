import alluxio.AlluxioURI;
import alluxio.client.file.FileInStream;
import alluxio.client.file.FileSystem;
import alluxio.client.file.URIStatus;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads every file of a data set through the cache, epoch after epoch, as the loader of a training does. */
public class ReadDataset {
  private static final Logger LOG = LoggerFactory.getLogger("train");

  /** Parameters: job, data set, epochs, pause after each file in milliseconds. */
  public static void main(String[] args) throws Exception {
    String job = args[0];
    FileSystem files = FileSystem.Factory.create();
    byte[] buffer = new byte[64 << 10];
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
          LOG.error("{} - cannot read {}", job, sample.getPath(), e);
        }
        long waitedMs = (System.nanoTime() - asked) / 1_000_000;
        if (waitedMs > 2_000) LOG.warn("{} - reading {} took {} ms", job, sample.getPath(), waitedMs);
        Thread.sleep(Long.parseLong(args[3]));
      }
      double seconds = (System.nanoTime() - started) / 1e9;
      LOG.info(String.format("%s - epoch %d done: %.1f s, %d samples, %d failed, %.1f MB, %.1f MB/s",
          job, epoch, seconds, samples.size(), failed, bytes / 1e6, bytes / 1e6 / seconds));
    }
    LOG.info("{} - training done", job);
    System.exit(0);
  }
}
