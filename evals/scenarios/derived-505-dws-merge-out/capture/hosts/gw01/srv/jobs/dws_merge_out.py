from pyspark.sql import SparkSession, functions as F
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

import os, threading, time
p = os.environ["T"] + "/out"; err = []
slow = F.udf(lambda x: (time.sleep(0.02), x)[1], "long")
def w(n, parts):
    try: spark.range(0, n, 1, parts).select(slow("id").alias("id")).write.mode("append").parquet(p)
    except Exception as e: err.append(e)
a = threading.Thread(target=w, args=(100, 1)); b = threading.Thread(target=w, args=(800, 1))
b.start(); time.sleep(0.5); a.start(); a.join(); b.join()
if err: raise err[0]
