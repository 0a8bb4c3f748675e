package io.allium.interop.leak;

import io.allium.I2pStream;
import io.allium.httpclient5.I2pHttpClient;
import io.allium.okhttp.I2pOkHttp;
import io.allium.proxy.http.HttpProxy;
import io.allium.proxy.socks.SocksProxy;
import io.allium.sockets.I2pSocketFactory;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Each way into I2P: what is good is fetched, what is bad fails. That it fails without a packet is for others to see. */
public final class Programs {
  private static final String NOBODY = "a".repeat(52) + ".b32.i2p";

  /** Not on I2P, in every notation, or not known there. */
  private static final List<String> BAD = List.of(
      "nobody.i2p",
      NOBODY,
      "x.i2p.leak.example",
      "leak.example",
      "leak.example.",
      "i2p",
      "localhost",
      "192.0.2.9",
      "3221225993",
      "0xc0000209",
      "192.0.521",
      "127.0.0.1",
      "[2001:db8::9]",
      "[::ffff:192.0.2.9]");

  private static final List<String> REDIRECTS = List.of("nobody.i2p", "leak.example", "192.0.2.9");

  /** IPv4 as bytes, since a program may have an address already. */
  private static final byte[] ADDRESS = {(byte) 192, 0, 2, 9};

  private int good;
  private int bad;

  private Programs() {}

  /** One way to fetch from a host. */
  private interface Way {
    /** The page of a host, or an {@link IOException}. What comes may have headers in front of it. */
    String fetch(String host) throws IOException, InterruptedException;
  }

  /**
   * Runs one program.
   *
   * @param args which one
   */
  public static void main(String... args) throws Exception {
    Programs programs = new Programs();
    try (Site site = new Site()) {
      switch (args[0]) {
        case "sockets" -> programs.sockets(site);
        case "okhttp" -> programs.okhttp(site);
        case "httpclient5" -> programs.httpclient5(site);
        case "http-proxy" -> programs.httpProxy(site);
        case "socks-proxy" -> programs.socksProxy(site);
        case "jetty" -> programs.jetty(site);
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
    System.out.println(args[0] + ": " + programs.good + " good, " + programs.bad + " bad");
  }

  private void tryAll(Site site, Way way) throws Exception {
    for (String host : List.of(Site.NAME, site.b32(), Site.NAME)) {
      succeeds(way, host);
    }
    for (String host : BAD) {
      fails(way, host);
    }
  }

  private void tryAllOfHttp(Site site, Way way) throws Exception {
    tryAll(site, way);
    for (String host : REDIRECTS) {
      fails(way, Site.NAME + Site.AWAY + host);
    }
  }

  private void succeeds(Way way, String host) throws Exception {
    String page = way.fetch(host);
    if (!page.endsWith(Site.PAGE)) {
      throw new IllegalStateException(host + " answered " + page);
    }
    good++;
  }

  private void fails(Way way, String host) throws Exception {
    String page;
    try {
      page = way.fetch(host);
    } catch (IOException | IllegalArgumentException e) {
      bad++;
      return;
    }
    throw new IllegalStateException(host + " answered " + page);
  }

  private static String get(Socket socket, String host) throws IOException {
    try (socket) {
      socket.getOutputStream().write(request("GET / HTTP/1.0", host));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] request(String line, String host) {
    return (line + "\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private void sockets(Site site) throws Exception {
    var factory = new I2pSocketFactory(site.client);
    InetAddress address = InetAddress.getByAddress(ADDRESS);
    tryAll(site, host -> get(factory.createSocket(host, 80), host));
    fails(host -> get(factory.createSocket(address, 80), host), Site.NAME);
    fails(host -> get(factory.createSocket(address, 80, address, 0), host), Site.NAME);
    fails(host -> connect(factory, new InetSocketAddress(address, 80)), Site.NAME);
    fails(
        host ->
            connect(factory, new InetSocketAddress(InetAddress.getByAddress(host, ADDRESS), 80)),
        Site.NAME);
  }

  private static String connect(I2pSocketFactory factory, SocketAddress to) throws IOException {
    try (Socket socket = factory.createSocket()) {
      socket.connect(to);
      return String.valueOf(socket);
    }
  }

  private void okhttp(Site site) throws Exception {
    OkHttpClient http = I2pOkHttp.over(new OkHttpClient.Builder(), site.client).build();
    tryAllOfHttp(site, host -> {
      Request request = new Request.Builder().url("http://" + host).build();
      try (Response response = http.newCall(request).execute()) {
        return response.body().string();
      }
    });
  }

  private void httpclient5(Site site) throws Exception {
    try (var http = I2pHttpClient.over(site.client).build()) {
      tryAllOfHttp(
          site,
          host -> http.execute(
              new HttpGet("http://" + host),
              response -> EntityUtils.toString(response.getEntity())));
    }
  }

  private void httpProxy(Site site) throws Exception {
    try (var proxy = HttpProxy.open(site.i2p);
        var client = HttpClient.newBuilder()
            .proxy(ProxySelector.of(proxy.localAddress()))
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build()) {
      tryAllOfHttp(site, host -> page(client, "http://" + host));
      for (String host : BAD) {
        fails(target -> page(client, "https://" + target), host);
      }
      tryAllOfHttp(site, host -> url(host, new Proxy(Proxy.Type.HTTP, proxy.localAddress())));
      for (String host : BAD) {
        fails(
            target -> raw(proxy.localAddress(), request("GET / HTTP/1.0", target), "HTTP/1.1 200"),
            host);
        fails(
            target -> raw(
                proxy.localAddress(),
                request("CONNECT " + target + ":443 HTTP/1.1", target),
                "HTTP/1.1 200"),
            host);
      }
    }
  }

  private static String page(HttpClient client, String url)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    return page(response.statusCode(), response.body());
  }

  private static String page(int status, String body) throws IOException {
    if (status != 200) {
      throw new IOException(status + " " + body);
    }
    return body;
  }

  private static String url(String host, Proxy proxy) throws IOException {
    var connection = (HttpURLConnection) URI.create("http://" + host).toURL().openConnection(proxy);
    int status = connection.getResponseCode();
    try (var input = status == 200 ? connection.getInputStream() : connection.getErrorStream()) {
      return page(status, new String(input.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** What a proxy says, if it begins with what would be a success. */
  private static String raw(SocketAddress to, byte[] request, String success) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(to);
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      if (!answer.startsWith(success)) {
        throw new IOException(answer);
      }
      return answer;
    }
  }

  private void socksProxy(Site site) throws Exception {
    try (var proxy = SocksProxy.open(site.i2p)) {
      var socks = new Proxy(Proxy.Type.SOCKS, proxy.localAddress());
      tryAll(
          site, host -> get(connected(socks, InetSocketAddress.createUnresolved(host, 80)), host));
      var address = new InetSocketAddress(InetAddress.getByAddress(ADDRESS), 80);
      fails(host -> get(connected(socks, address), host), Site.NAME);
      List<String> requests =
          new ArrayList<>(List.of("040100 50c0000209 00", "050100 05010001c00002090050"));
      requests.add("050100 05010004" + "20010db8000000000000000000000009" + "0050");
      for (String request : requests) {
        byte[] bytes = HexFormat.of().parseHex(request.replace(" ", ""));
        String success = request.startsWith("04") ? "\0Z" : "\5\0\5\0";
        fails(host -> raw(proxy.localAddress(), bytes, success), Site.NAME);
      }
    }
  }

  private static Socket connected(Proxy proxy, SocketAddress to) throws IOException {
    Socket socket = new Socket(proxy);
    try {
      socket.connect(to);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** A server that is told of other hosts by who asks it. */
  private void jetty(Site site) throws Exception {
    for (String host : BAD) {
      for (String line : List.of("GET / HTTP/1.0", "GET http://" + host + "/ HTTP/1.0")) {
        String forwarded = host + "\r\nX-Forwarded-For: " + host + "\r\nForwarded: for=" + host;
        try (I2pStream stream = site.client.connect(site.b32())) {
          stream.output().write(request(line, forwarded));
          String answer = new String(stream.input().readAllBytes(), StandardCharsets.UTF_8);
          succeeds(ignored -> answer, host);
        }
      }
    }
  }
}
