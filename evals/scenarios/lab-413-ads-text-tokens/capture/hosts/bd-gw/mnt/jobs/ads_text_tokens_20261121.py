from pyspark.sql import SparkSession, functions as F
import sys, time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

sys.path.insert(0, "/srv/libs")
import adtext
titles = sc.parallelize(["title %d" % n for n in range(4000)], 8)
print(titles.map(adtext.tokens).map(len).sum())
