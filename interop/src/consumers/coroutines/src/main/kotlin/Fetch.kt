import io.allium.I2p
import io.allium.I2pSession
import io.allium.okhttp.I2pOkHttp
import io.ktor.client.HttpClient
import io.ktor.client.engine.okhttp.OkHttp
import io.ktor.client.request.get
import io.ktor.client.statement.bodyAsText
import kotlinx.coroutines.runBlocking
import okhttp3.OkHttpClient

/** Ktor's client over a session: its OkHttp engine, on sockets of I2P. Close it before the session. */
fun httpClient(session: I2pSession) = HttpClient(OkHttp) {
    engine { preconfigured = I2pOkHttp.over(OkHttpClient.Builder(), session).build() }
}

fun main(arguments: Array<String>) = runBlocking {
    I2p.connect("sam://127.0.0.1:7656").use { i2p ->
        i2p.open().use { session ->
            httpClient(session).use { http -> println(http.get(arguments[0]).bodyAsText()) }
        }
    }
}
