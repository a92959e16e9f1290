from pyspark.sql import SparkSession, functions as F
import time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext
pays = spark.read.parquet("/dw/ods_pay/dt=20261120")
print(pays.agg(F.sum("amount"), F.max("token"), F.max("id")).collect())
