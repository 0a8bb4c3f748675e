package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.guard.ResolverGuard;
import io.allium.proxy.forward.ServerForward;
import io.allium.sockets.I2pSocketFactory;
import io.allium.sockets.PeerSocketFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Databases behind a forward on one router, and on the other the clients that everybody uses, by their socket hooks. */
@RequiresI2pd("redis-server")
class DatabasesOnI2pdTest {
  private static final String ENDLESS = "select pg_sleep(3600)";

  private static byte[] large() {
    byte[] bytes = new byte[500_000];
    new Random(12).nextBytes(bytes);
    return bytes;
  }

  @Test
  void postgresByItsJdbcDriver() throws Exception {
    List<String> refused = ResolverGuard.refused();
    try (Postgres database = Postgres.start();
        TwoSides sides = new TwoSides();
        ServerForward forward = ServerForward.open(sides.server, 0, database.address())) {
      PeerSocketFactory.register("db", new I2pSocketFactory(sides.client), forward.address());
      try (Connection connection = connect(sides)) {
        assertRowsComeBack(connection);
        assertAQueryIsCancelled(connection, sides);
        assertThatAClosedSessionIsTheCause(connection, sides);
      }
    }
    assertThat(ResolverGuard.refused()).isEqualTo(refused);
  }

  private static Connection connect(TwoSides sides) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("user", "postgres");
    settings.setProperty("password", Postgres.PASSWORD);
    settings.setProperty("socketFactory", PeerSocketFactory.class.getName());
    settings.setProperty("socketFactoryArg", "db");
    return DriverManager.getConnection("jdbc:postgresql://" + sides.host() + "/postgres", settings);
  }

  private static void assertRowsComeBack(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table notes (id int primary key, body text, data bytea)");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert into notes values (?, ?, ?)")) {
      for (int id = 1; id <= 100; id++) {
        insert.setInt(1, id);
        insert.setString(2, "note " + id);
        insert.setBytes(3, id == 100 ? large() : null);
        insert.addBatch();
      }
      assertThat(insert.executeBatch()).hasSize(100).containsOnly(1);
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select body, data from notes order by id")) {
      for (int id = 1; id <= 100; id++) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("note " + id);
        assertThat(rows.getBytes(2)).isEqualTo(id == 100 ? large() : null);
      }
      assertThat(rows.next()).isFalse();
    }
  }

  /** The driver opens a stream of its own to say so. */
  private static void assertAQueryIsCancelled(Connection connection, TwoSides sides)
      throws Exception {
    try (Statement statement = connection.createStatement()) {
      FutureTask<Throwable> query = endless(statement);
      awaitEndlessQuery(sides);
      statement.cancel();
      assertThat(query.get())
          .isInstanceOfSatisfying(
              SQLException.class,
              error -> assertThat(error.getSQLState()).isEqualTo("57014")); // query_canceled
      assertThat(statement.execute("select 1")).isTrue();
    }
  }

  private static void assertThatAClosedSessionIsTheCause(Connection connection, TwoSides sides)
      throws Exception {
    try (Statement statement = connection.createStatement()) {
      FutureTask<Throwable> query = endless(statement);
      awaitEndlessQuery(sides);
      sides.client.close(Duration.ZERO);
      assertThat(query.get())
          .cause()
          .isExactlyInstanceOf(SocketException.class)
          .cause()
          .isInstanceOfSatisfying(
              I2pException.class, cause -> assertThat(cause.kind()).isEqualTo(ErrorKind.CLOSED));
    }
    assertThatThrownBy(() -> connect(sides))
        .isInstanceOf(SQLException.class)
        .cause()
        .isExactlyInstanceOf(SocketException.class)
        .hasCauseInstanceOf(I2pException.class);
  }

  private static FutureTask<Throwable> endless(Statement statement) {
    FutureTask<Throwable> query =
        new FutureTask<>(() -> catchThrowable(() -> statement.execute(ENDLESS)));
    Thread.ofVirtual().name("endless-query").start(query);
    return query;
  }

  private static void awaitEndlessQuery(TwoSides sides) throws SQLException {
    try (Connection watching = connect(sides);
        PreparedStatement running = watching.prepareStatement(
            "select from pg_stat_activity where state = 'active' and query = ?")) {
      running.setString(1, ENDLESS);
      boolean found = false;
      while (!found) {
        try (ResultSet rows = running.executeQuery()) {
          found = rows.next();
        }
      }
    }
  }

  @Test
  void redisByJedis() throws Exception {
    InetSocketAddress local;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      local = (InetSocketAddress) free.getLocalSocketAddress();
    }
    String host = local.getAddress().getHostAddress();
    try (Program redis = Program.start(List.of(
            "redis-server",
            "--bind",
            host,
            "--port",
            "" + local.getPort(),
            "--save",
            "",
            "--requirepass",
            "secret"));
        TwoSides sides = new TwoSides();
        ServerForward forward = ServerForward.open(sides.server, 0, local)) {
      assertReady(redis);
      I2pSocketFactory sockets = new I2pSocketFactory(sides.client);
      JedisSocketFactory hook = () -> {
        try {
          return sockets.createSocket(sides.host(), forward.address().port());
        } catch (IOException e) {
          throw new JedisConnectionException(e);
        }
      };
      Jedis jedis =
          new Jedis(hook, DefaultJedisClientConfig.builder().password("secret").build());
      jedis.set("key".getBytes(), large());
      assertThat(jedis.get("key".getBytes())).isEqualTo(large());
      Pipeline pipeline = jedis.pipelined();
      List<Response<Long>> counts =
          IntStream.range(0, 1000).mapToObj(i -> pipeline.incr("count")).toList();
      pipeline.sync();
      assertThat(counts.get(999).get()).isEqualTo(1000);
      sides.client.close(Duration.ZERO);
      assertThatThrownBy(() -> jedis.get("count"))
          .isInstanceOf(JedisConnectionException.class)
          .cause()
          .isExactlyInstanceOf(SocketException.class)
          .hasCauseInstanceOf(I2pException.class);
    }
  }

  private static void assertReady(Program redis) throws InterruptedException {
    String line;
    do {
      line = redis.line();
      assertThat(line).isNotEmpty();
    } while (!line.contains("eady to accept connections"));
  }
}
