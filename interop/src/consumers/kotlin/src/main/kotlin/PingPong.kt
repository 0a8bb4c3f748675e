import io.allium.I2p
import io.allium.I2pSession

fun main() {
    val heard = I2p.connect("memory:demo").use { i2p ->
        i2p.open().use { server ->
            i2p.open().use { client -> talk(server, client) }
        }
    }
    println(heard)
    check(heard == listOf("PING", "PONG"))
}

private fun talk(server: I2pSession, client: I2pSession): List<String> =
    server.listen(0).use { acceptor ->
        client.connect(server.destination()).use { ours ->
            acceptor.accept().use { theirs ->
                ours.output().write("PING".toByteArray())
                val there = String(theirs.input().readNBytes(4))
                theirs.output().write("PONG".toByteArray())
                listOf(there, String(ours.input().readNBytes(4)))
            }
        }
    }
