/*
 * The opponent: a client without a library that sends exactly the bytes that Allium sends, with blocking sockets.
 *
 *   raw PORT connect COUNT CONNECT-LINE      COUNT times: connect, HELLO, STREAM CONNECT, 64 bytes there and back, close
 *   raw PORT upload BYTES CONNECT-LINE       one stream
 *   raw PORT download BYTES CONNECT-LINE     one stream
 *   raw PORT bare-upload BYTES ""            the same bytes over a bare connection
 *   raw PORT bare-download BYTES ""
 *   raw PORT datagrams-out COUNT HEADER-LINE sends as many datagrams, at most 64 ahead of the stub's answers
 *   raw PORT datagrams-in COUNT HEADER-LINE  receives as many, and answers every 16th
 *
 * Prints wall seconds and its own CPU seconds.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static char block[1 << 18]; /* as large as ours, which is what counts */
static int port;

static void need(int ok, const char *what) {
  if (!ok) {
    perror(what);
    exit(69);
  }
}

static void put(int fd, const char *bytes, size_t n) {
  while (n) {
    ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);
    need(sent > 0, "send");
    bytes += sent;
    n -= sent;
  }
}

static void get(int fd, size_t n) {
  while (n) {
    ssize_t got = recv(fd, block, n < sizeof block ? n : sizeof block, 0);
    need(got > 0, "recv");
    n -= got;
  }
}

static void line(int fd) {
  char reply[1024];
  size_t n = 0;
  do {
    ssize_t got = recv(fd, reply + n, sizeof reply - n, 0);
    need(got > 0, "recv");
    n += got;
  } while (reply[n - 1] != '\n');
  need(strstr(reply, "RESULT=OK") != NULL, "not OK");
}

static int dial(void) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  need(!connect(fd, (struct sockaddr *)&at, sizeof at), "connect");
  return fd;
}

static int open_stream(const char *connect_line) {
  static const char hello[] = "HELLO VERSION MIN=3.1 MAX=3.3\n";
  int fd = dial();
  put(fd, hello, sizeof hello - 1);
  line(fd);
  put(fd, connect_line, strlen(connect_line));
  line(fd);
  return fd;
}

#define PAYLOAD 512
#define BATCH 16
#define WINDOW 64

static void datagrams(int in, uint64_t count, const char *header) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct timeval limit = {.tv_sec = 10};
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  static char packet[2048], came[65536];
  size_t head = strlen(header);
  need(!connect(fd, (struct sockaddr *)&at, sizeof at) && head < sizeof packet - PAYLOAD, "UDP");
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  memcpy(packet, header, head);
  memset(packet + head, in ? 'A' : 'S', PAYLOAD);
  if (in) {
    char go[2048];
    memcpy(go, header, head);
    go[head] = 'G';
    for (int i = 0; i < 8; i++) go[head + 1 + i] = count >> (56 - 8 * i);
    need(send(fd, go, head + 9, 0) > 0, "send");
  }
  for (uint64_t i = 1; i <= count; i++) {
    if (!in) need(send(fd, packet, head + PAYLOAD, 0) > 0, "send");
    if (in || (i >= WINDOW && i % BATCH == 0)) {
      ssize_t n = recv(fd, came, sizeof came, 0);
      need(n > 0 && memchr(came, '\n', n), "recv");
    }
    if (in && i % BATCH == 0) need(send(fd, packet, head + 1, 0) > 0, "send");
  }
  for (int i = 1; !in && i < WINDOW / BATCH; i++) need(recv(fd, came, sizeof came, 0) > 0, "recv");
  close(fd);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc != 5) return 64;
  port = atoi(argv[1]);
  char *what = argv[2], *connect_line = argv[4];
  uint64_t n = strtoull(argv[3], NULL, 10);
  int bare = !strncmp(what, "bare-", 5), fd;
  /* memory that was never written is one page, always in the cache: no program sends that */
  memset(block, 'x', sizeof block);
  double start = now();
  if (!strncmp(what, "datagrams-", 10)) {
    datagrams(!strcmp(what, "datagrams-in"), n, connect_line);
  } else if (!strcmp(what, "connect")) {
    for (uint64_t i = 0; i < n; i++) {
      fd = open_stream(connect_line);
      put(fd, block, 64);
      get(fd, 64);
      close(fd);
    }
  } else {
    int up = strstr(what, "upload") != NULL;
    if (bare) {
      fd = dial();
      put(fd, up ? "BARE 2\n" : "BARE 3\n", 7);
    } else {
      fd = open_stream(connect_line);
    }
    unsigned char length[8];
    for (int i = 0; i < 8; i++) length[i] = n >> (56 - 8 * i);
    put(fd, (char *)length, 8);
    if (up) {
      for (uint64_t left = n; left;) {
        size_t size = left < sizeof block ? left : sizeof block;
        put(fd, block, size);
        left -= size;
      }
      get(fd, 1);
    } else {
      get(fd, n);
    }
    close(fd);
  }
  double wall = now() - start;
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  printf("%.6f %.6f\n", wall,
         used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6);
  return 0;
}
