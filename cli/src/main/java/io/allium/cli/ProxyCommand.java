package io.allium.cli;

import io.allium.I2p;
import io.allium.proxy.ProxyOptions;
import io.allium.proxy.http.HttpProxy;
import io.allium.proxy.socks.SocksProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code allium proxy}: entry points for browsers and other programs. */
@Command(
    name = "proxy",
    description = "Lets browsers and other programs reach I2P by name.",
    subcommands = {ProxyCommand.Http.class, ProxyCommand.Socks.class})
final class ProxyCommand extends AlliumCommand {
  @Override
  int run(Globals globals, Output out, Stop stop) throws CommandFailure {
    throw new CommandFailure(ExitCodes.USAGE, "proxy needs a command: proxy http, or proxy socks");
  }

  /** A proxy that was opened. */
  private interface Opened extends AutoCloseable {
    InetSocketAddress localAddress();
  }

  private interface Opening {
    Opened open(I2p i2p, InetSocketAddress listen, ProxyOptions options) throws IOException;
  }

  /** {@code allium proxy http}. */
  @Command(name = "http", description = "An HTTP proxy for browsers: sites under .i2p.")
  static final class Http extends AlliumCommand {
    @Option(
        names = "--listen",
        paramLabel = "HOST:PORT",
        description = "where to listen; port 0 takes a free port; default 127.0.0.1:4444")
    String listen = "127.0.0.1:4444";

    @Mixin
    SessionOptions options = new SessionOptions();

    @Override
    int run(Globals globals, Output out, Stop stop) throws Exception {
      return serve("http", listen, options, globals, out, stop, (i2p, local, how) -> {
        HttpProxy proxy = HttpProxy.open(i2p, local, how);
        return opened(proxy, proxy.localAddress());
      });
    }
  }

  /** {@code allium proxy socks}. */
  @Command(name = "socks", description = "A SOCKS proxy, versions 4A and 5: I2P services by name.")
  static final class Socks extends AlliumCommand {
    @Option(
        names = "--listen",
        paramLabel = "HOST:PORT",
        description = "where to listen; port 0 takes a free port; default 127.0.0.1:4447")
    String listen = "127.0.0.1:4447";

    @Mixin
    SessionOptions options = new SessionOptions();

    @Override
    int run(Globals globals, Output out, Stop stop) throws Exception {
      return serve("socks", listen, options, globals, out, stop, (i2p, local, how) -> {
        SocksProxy proxy = SocksProxy.open(i2p, local, how);
        return opened(proxy, proxy.localAddress());
      });
    }
  }

  private static Opened opened(AutoCloseable proxy, InetSocketAddress address) {
    return new Opened() {
      @Override
      public InetSocketAddress localAddress() {
        return address;
      }

      @Override
      public void close() throws Exception {
        proxy.close();
      }
    };
  }

  /** Until it is stopped: sessions come and go with what is asked for. */
  private static int serve(
      String kind,
      String where,
      SessionOptions options,
      Globals globals,
      Output out,
      Stop stop,
      Opening opening)
      throws Exception {
    InetSocketAddress listen = LocalAddress.parse(where, 0);
    LocalAddress.requireFree(listen);
    if (!listen.getAddress().isLoopbackAddress()) {
      out.talk("other machines can use " + where + ", and reach I2P as you: 127.0.0.1:"
          + listen.getPort() + " keeps it to this one");
    }
    ProxyOptions how = ProxyOptions.builder().session(options.config().build()).build();
    I2p i2p = stop.closeAtEnd(globals.connect(out));
    CountDownLatch over = new CountDownLatch(1);
    Opened proxy = open(opening, i2p, listen, where, how);
    stop.closeAtEnd((AutoCloseable) proxy);
    stop.closeAtEnd((AutoCloseable) over::countDown);
    stop.ready();
    out.fact(kind, LocalAddress.print(proxy.localAddress()));
    out.ready();
    over.await();
    return ExitCodes.OK;
  }

  private static Opened open(
      Opening opening, I2p i2p, InetSocketAddress listen, String where, ProxyOptions how)
      throws CommandFailure {
    try {
      return opening.open(i2p, listen, how);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.BAD_CONFIGURATION,
          "cannot listen on " + where + " (" + e.getMessage() + "): choose another port");
    }
  }
}
