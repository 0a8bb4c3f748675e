import io.allium.I2p

/** Does not compile: the API says that it takes no null, and Kotlin's compiler reads that in the jars. */
fun nowhere(): I2p = I2p.connect(null)
