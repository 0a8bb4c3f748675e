import io.allium.Hostname
import io.allium.I2pAcceptor
import io.allium.I2pSession
import io.allium.I2pStream
import io.allium.guard.ResolverGuard
import io.allium.junit.I2pTest
import io.allium.junit.Router
import io.allium.memory.MemoryNetwork
import io.ktor.client.request.get
import io.ktor.client.statement.bodyAsText
import java.net.UnknownHostException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull

class KtorTest {
    @AfterEach
    fun nothingAskedTheResolver() = assertEquals(emptyList<String>(), ResolverGuard.refused())

    private fun I2pStream.request(): List<String> =
        input().bufferedReader().lineSequence().takeWhile { it.isNotEmpty() }.toList()

    private fun answer(acceptor: I2pAcceptor, body: String) {
        acceptor.accept().use {
            it.request()
            it.output().write("HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n$body".toByteArray())
        }
    }

    @I2pTest
    fun aPageIsFetched(network: MemoryNetwork, client: I2pSession, @Router("server") server: I2pSession) {
        network.addName(Hostname.parse("site.i2p"), server.destination())
        runBlocking {
            httpClient(client).use { http ->
                server.listen(0).use { acceptor ->
                    for (host in listOf("site.i2p", server.destination().base32().text())) {
                        launch(Dispatchers.IO) { answer(acceptor, "hello") }
                        assertEquals("hello", http.get("http://$host/").bodyAsText())
                    }
                }
            }
        }
    }

    @I2pTest
    fun whatIsNotOnI2pFails(client: I2pSession) {
        runBlocking {
            httpClient(client).use { http ->
                val error = runCatching { http.get("http://example.com/") }.exceptionOrNull()
                assertInstanceOf(UnknownHostException::class.java, error)
            }
        }
    }

    @I2pTest
    fun aCancelledRequestEndsItsStream(client: I2pSession, @Router("server") server: I2pSession) {
        runBlocking {
            httpClient(client).use { http ->
                server.listen(0).use { acceptor ->
                    val url = "http://${server.destination().base32().text()}/"
                    val fetch = launch(Dispatchers.IO) { http.get(url) }
                    interruptible { acceptor.accept() }.use { theirs ->
                        val input = theirs.input().bufferedReader()
                        input.lineSequence().takeWhile { it.isNotEmpty() }.forEach { _ -> }
                        fetch.cancelAndJoin()
                        assertNull(runCatching { input.readLine() }.getOrNull())
                    }
                }
            }
        }
    }
}
