import io.allium.I2p;
import java.util.List;

/** The ten lines of the README, and the way back. */
public class PingPong {
  public static void main(String... args) throws Exception {
    List<String> heard = talk("memory:demo");
    System.out.println(heard);
    if (!heard.equals(List.of("PING", "PONG"))) {
      throw new IllegalStateException("they talked past each other");
    }
  }

  private static List<String> talk(String router) throws Exception {
    try (var i2p = I2p.connect(router);
        var server = i2p.open();
        var client = i2p.open();
        var acceptor = server.listen(0);
        var ours = client.connect(server.destination());
        var theirs = acceptor.accept()) {
      ours.output().write("PING".getBytes());
      var there = new String(theirs.input().readNBytes(4));
      theirs.output().write("PONG".getBytes());
      return List.of(there, new String(ours.input().readNBytes(4)));
    }
  }
}
