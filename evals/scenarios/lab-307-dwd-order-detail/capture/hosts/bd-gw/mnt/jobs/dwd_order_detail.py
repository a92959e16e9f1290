from pyspark.sql import SparkSession, functions as F
import time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext
print(spark.read.text("/dw/ods_order/dt=20261120").count())
