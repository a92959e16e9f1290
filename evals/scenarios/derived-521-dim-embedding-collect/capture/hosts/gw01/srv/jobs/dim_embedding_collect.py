from pyspark.sql import SparkSession, functions as F
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

rdd = sc.parallelize(range(4), 4).map(lambda i: bytes(3 * 1024 * 1024))
print(sum(len(b) for b in rdd.collect()))
