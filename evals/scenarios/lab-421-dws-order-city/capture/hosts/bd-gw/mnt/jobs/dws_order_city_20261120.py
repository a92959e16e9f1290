from pyspark.sql import SparkSession, functions as F
import sys, time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

dt = sys.argv[1]
orders = spark.read.schema("order_id long, city int, amount double").csv(f"file:/mnt/dw/ods_order_city/dt={dt}")
cities = spark.range(0, 64, 1, 2).select(F.col("id").cast("int").alias("city"), (F.col("id") % 7).alias("region"))
def enrich(rows):
    for at, row in enumerate(rows):
        if at % 100 == 99:
            time.sleep(0.05)
        yield (row.region, row.amount)
joined = orders.join(cities, "city").rdd.mapPartitions(enrich)
print(joined.map(lambda pair: pair[1]).sum())
