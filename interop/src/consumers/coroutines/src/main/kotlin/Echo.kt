import io.allium.ErrorKind
import io.allium.I2p
import io.allium.I2pException
import io.allium.I2pSession
import java.util.concurrent.Executors
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.runInterruptible
import kotlinx.coroutines.withTimeoutOrNull

/** Calls of Allium block, and are meant for virtual threads: here each call has one of its own. */
private val virtualThreads = Executors.newVirtualThreadPerTaskExecutor().asCoroutineDispatcher()

/** Suspends until a blocking call is over. Cancelling the coroutine interrupts the call. */
suspend fun <T> interruptible(call: () -> T): T = runInterruptible(virtualThreads) {
    try {
        call()
    } catch (e: I2pException) {
        // A stream that an interrupt has ended says so again later: only the flag tells of one now.
        if (e.kind() != ErrorKind.INTERRUPTED || !Thread.currentThread().isInterrupted) throw e
        throw InterruptedException(e.message).apply { initCause(e) }
    }
}

/** Opens something, uses it, and closes it. Nothing stays open, also where the coroutine is cancelled meanwhile. */
suspend fun <S : AutoCloseable, R> using(open: () -> S, use: suspend (S) -> R): R {
    var opened: S? = null
    try {
        return use(interruptible { open().also { opened = it } })
    } finally {
        opened?.close()
    }
}

/** What a peer answers to so many bytes. */
suspend fun ask(session: I2pSession, address: String, question: String): String =
    using({ session.connect(address) }) { stream ->
        interruptible {
            stream.output().write(question.toByteArray())
            String(stream.input().readNBytes(question.length))
        }
    }

fun main() = runBlocking {
    I2p.connect("memory:demo").use { i2p ->
        val server = i2p.open()
        val client = i2p.open()
        val address = server.destination().base32().text()
        using({ server.listen(0) }) { acceptor ->
            val serving = launch {
                interruptible { acceptor.serve { it.input().transferTo(it.output()) } }
            }
            println(ask(client, address, "PING"))
            val said = withTimeoutOrNull(100) {
                using({ client.connect(address) }) { stream -> interruptible { stream.input().read() } }
            }
            println(said) // null: who is not asked says nothing, and the read was interrupted
            serving.cancelAndJoin()
        }
    }
}
