/** The program on Apache Spark: {@code --cluster MASTER}, and the jar for {@code spark-submit}. */
package io.github.trimaran.cluster;
