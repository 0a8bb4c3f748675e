import io.allium.ErrorKind
import io.allium.I2pException
import io.allium.I2pSession
import io.allium.I2pStream
import io.allium.junit.I2pNetwork
import io.allium.junit.I2pTest
import io.allium.junit.Router
import java.time.Duration
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue

/** Cancelling a coroutine interrupts its call. What is left is whole. */
class CancellationTest {
    /** A coroutine that calls, once its thread waits in the call. */
    private suspend fun CoroutineScope.waiting(call: () -> Unit): Job {
        val thread = CompletableDeferred<Thread>()
        val job = launch(Dispatchers.Default) {
            interruptible {
                thread.complete(Thread.currentThread())
                call()
            }
        }
        val caller = thread.await()
        while (caller.state != Thread.State.WAITING && caller.state != Thread.State.TIMED_WAITING) {
            Thread.yield()
        }
        return job
    }

    private fun isOver(stream: I2pStream): Boolean =
        try {
            stream.input().read() < 0
        } catch (e: I2pException) {
            true
        }

    private fun talk(client: I2pSession, server: I2pSession) {
        server.listen(0).use { acceptor ->
            client.connect(server.destination()).use { ours ->
                acceptor.accept().use { theirs ->
                    ours.output().write(7)
                    assertEquals(7, theirs.input().read())
                }
            }
        }
    }

    @I2pTest
    fun aCancelledReadEndsItsStreamAndNothingElse(client: I2pSession, @Router("server") server: I2pSession) {
        runBlocking {
            val acceptor = server.listen(0)
            val ours = client.connect(server.destination())
            val theirs = acceptor.accept()
            val read = waiting { ours.input().read() }
            read.cancelAndJoin()
            assertTrue(read.isCancelled)
            assertTrue(isActive) { "the coroutine around it failed" }
            val error = runCatching { interruptible { ours.input().read() } }.exceptionOrNull()
            assertEquals(ErrorKind.INTERRUPTED, (error as I2pException).kind())
            assertTrue(isActive) { "who reads later was cancelled, too" }
            assertTrue(isOver(theirs)) { "the peer was told nothing" }
            acceptor.close()
            talk(client, server)
            assertEquals(0, client.status().openStreams())
        }
    }

    @I2pTest
    fun aReadTimeoutLeavesTheStream(client: I2pSession, @Router("server") server: I2pSession) {
        runBlocking {
            val acceptor = server.listen(0)
            val ours = client.connect(server.destination())
            val theirs = acceptor.accept()
            ours.readTimeout(Duration.ofMillis(1))
            val error = runCatching { interruptible { ours.input().read() } }.exceptionOrNull()
            assertEquals(ErrorKind.TIMEOUT, (error as I2pException).kind())
            ours.readTimeout(Duration.ZERO)
            theirs.output().write(7)
            assertEquals(7, interruptible { ours.input().read() })
        }
    }

    /** On a clock that stands still, no connect ends by itself. */
    @I2pTest
    @I2pNetwork(manualClock = true, latencyMillis = 1000)
    fun aCancelledConnectLeavesNothingOpen(client: I2pSession, @Router("server") server: I2pSession) {
        runBlocking {
            server.listen(0)
            val connect = waiting { client.connect(server.destination()) }
            connect.cancelAndJoin()
            assertTrue(connect.isCancelled)
            assertTrue(isActive) { "the coroutine around it failed" }
            assertEquals(0, client.status().openStreams())
        }
    }

    @I2pTest
    fun whatWasOpenedIsClosedWhenItsUserIsCancelled(client: I2pSession, @Router("server") server: I2pSession) {
        runBlocking {
            server.listen(0).use { acceptor ->
                val thread = CompletableDeferred<Thread>()
                val using = launch(Dispatchers.Default) {
                    using({ client.connect(server.destination()) }) { stream ->
                        interruptible {
                            thread.complete(Thread.currentThread())
                            stream.input().read()
                        }
                    }
                }
                thread.await()
                using.cancelAndJoin()
                assertTrue(isOver(acceptor.accept()))
                assertEquals(0, client.status().openStreams())
            }
        }
    }
}
