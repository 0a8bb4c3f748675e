package io.allium.javanet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import net.i2p.data.Base64;
import net.i2p.data.Hash;
import net.i2p.data.i2np.I2NPMessageException;
import net.i2p.data.i2np.I2NPMessageHandler;
import net.i2p.data.router.RouterAddress;
import net.i2p.router.CommSystemFacade;
import net.i2p.router.OutNetMessage;
import net.i2p.router.RouterContext;
import net.i2p.router.transport.crypto.X25519KeyFactory;
import net.i2p.util.OrderedProperties;
import org.jspecify.annotations.Nullable;

/**
 * What a router has instead of transports: messages go as bytes to the other router's queue. It publishes an address like that
 * of a real router, as routers choose no peer without, but nobody ever dials it.
 */
final class MemoryCommSystem extends CommSystemFacade implements MemoryLinks.End {
  private static final String STYLE = "memory";

  /** Some seconds of a busy tunnel. Beyond it messages get lost, as they do on a real network. */
  private static final int QUEUED_MESSAGES = 4096;

  /** 127.100.0.0/16 and up, one network a router: routers never use two of one network for the same thing. */
  private static final int FIRST_NETWORK = 100;

  private static final int FIRST_PORT = 9100;
  private static final int COST = 3;
  private static final int STATIC_KEY_BYTES = 32;
  private static final int IV_BYTES = 16;

  private record Arrival(Hash from, byte[] message) {}

  private final RouterContext context;
  private final MemoryLinks links;
  private final int number;
  private final X25519KeyFactory keys;
  private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(QUEUED_MESSAGES);
  private volatile boolean cut;
  private volatile @Nullable Thread receiver;

  MemoryCommSystem(RouterContext context, MemoryLinks links, int number) {
    this.context = context;
    this.links = links;
    this.number = number;
    // Never started: keys are made when they are needed, and no stock of them slows the start.
    this.keys = new X25519KeyFactory(context);
  }

  @Override
  public byte[] host() {
    return new byte[] {127, (byte) (FIRST_NETWORK + number), 1, 1};
  }

  @Override
  public void startup() {
    links.add(context.routerHash(), this);
    receiver =
        Thread.ofPlatform().name("javanet-" + number + "-receives").daemon().start(this::receive);
  }

  @Override
  public void restart() {
    shutdown();
    cut = false;
    startup();
  }

  @Override
  public void shutdown() {
    cut();
  }

  /** From now on nothing goes out or comes in. */
  void cut() {
    cut = true;
    Hash self = context.routerHash();
    if (self != null) {
      links.remove(self, this);
    }
    Thread running = receiver;
    if (running != null) {
      running.interrupt();
    }
  }

  @Override
  public boolean take(Hash from, byte[] message) {
    return !cut && arrivals.offer(new Arrival(from, message));
  }

  private void receive() {
    I2NPMessageHandler parser = new I2NPMessageHandler(context);
    try {
      while (!cut) {
        Arrival arrival = arrivals.take();
        try {
          context.profileManager().messageReceived(arrival.from, STYLE, 1, arrival.message.length);
          context
              .inNetMessagePool()
              .add(parser.readMessage(arrival.message), null, arrival.from, 0);
        } catch (I2NPMessageException | RuntimeException e) {
          // As on a transport: one message that a router fails at is no reason to hear no more.
          context.logManager().getLog(MemoryCommSystem.class).error("a message failed", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void processMessage(OutNetMessage message) {
    Hash peer = message.getTarget().getIdentity().getHash();
    message.beginSend();
    byte[] bytes = new byte[message.getMessageSize()];
    message.getMessageData(bytes);
    if (cut || !links.send(context.routerHash(), peer, bytes)) {
      context.profileManager().messageFailed(peer, STYLE);
      message.drop();
      return;
    }
    if (message.getOnSendJob() != null) {
      context.jobQueue().addJob(message.getOnSendJob());
    }
    context.profileManager().messageSent(peer, STYLE, message.getSendTime(), bytes.length);
  }

  /** A new list each time: its user sorts it. */
  @Override
  public List<RouterAddress> createAddresses() {
    OrderedProperties options = new OrderedProperties();
    byte[] host = host();
    options.setProperty("host", host[0] + "." + (host[1] & 0xff) + "." + host[2] + "." + host[3]);
    options.setProperty("port", Integer.toString(FIRST_PORT + number));
    options.setProperty("v", "2");
    options.setProperty("s", filled(STATIC_KEY_BYTES));
    options.setProperty("i", filled(IV_BYTES));
    return new ArrayList<>(List.of(new RouterAddress("NTCP2", options, COST)));
  }

  private String filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) (number + 1));
    return Base64.encode(bytes);
  }

  /** A dummy gets no sessions and publishes nothing. */
  @Override
  public boolean isDummy() {
    return false;
  }

  @Override
  public int countActivePeers() {
    return getEstablished().size();
  }

  @Override
  public int countActiveSendPeers() {
    return countActivePeers();
  }

  @Override
  public boolean isEstablished(Hash peer) {
    return links.isUp(peer);
  }

  /** What a transport knows after it tried to connect. */
  @Override
  public boolean wasUnreachable(Hash peer) {
    return !links.isUp(peer);
  }

  @Override
  public List<Hash> getEstablished() {
    return links.othersThan(context.routerHash());
  }

  @Override
  public byte @Nullable [] getIP(Hash peer) {
    return links.host(peer);
  }

  @Override
  public X25519KeyFactory getXDHFactory() {
    return keys;
  }
}
