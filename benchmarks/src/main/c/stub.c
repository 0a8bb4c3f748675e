/*
 * A SAM bridge without a router, as the other end of the benchmarks: it answers HELLO, SESSION CREATE and STREAM
 * CONNECT at once, and is then itself the peer. TO_PORT says how: 1 echoes; 2 takes eight bytes of length (big-endian)
 * and that many bytes, and answers with one byte; 3 takes eight bytes of length and sends that many bytes.
 * A first line "BARE n" does the same as STREAM CONNECT to port n, without SAM. One thread, epoll.
 *
 * The UDP port of the same number takes datagrams, "3.x ID DESTINATION\n" and a payload, whose first byte says how: S is
 * counted, and every 16th answered with one; G with eight bytes of count sends as many, at most 64 ahead of the A that
 * the client sends for every 16. What it sends comes from the destination that the client named.
 *
 *   stub PORT
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum mode { LINES, ECHO, SINK, SOURCE };

struct peer {
  int fd, used, header, writing;
  enum mode mode;
  uint64_t left;
  char *line; /* only while lines come, so that an idle peer costs little */
};

#define MAX_LINE 8192
#define PAYLOAD 512 /* of what G sends */
#define BATCH 16
#define WINDOW 64
static char block[1 << 18];
static int epoll;

static void watch(struct peer *p, int op) {
  struct epoll_event e = {.events = p->writing ? EPOLLOUT : EPOLLIN, .data.ptr = p};
  epoll_ctl(epoll, op, p->fd, &e);
}

static void drop(struct peer *p) {
  close(p->fd);
  free(p->line);
  free(p);
}

static int say(struct peer *p, const char *text) {
  size_t n = strlen(text);
  return send(p->fd, text, n, MSG_NOSIGNAL) == (ssize_t)n ? 0 : -1;
}

static void become(struct peer *p, int port) {
  p->mode = port == 2 ? SINK : port == 3 ? SOURCE : ECHO;
  p->header = 0;
  p->left = 0;
  free(p->line);
  p->line = NULL;
}

static int answer(struct peer *p, char *line) {
  char *at;
  static char reply[MAX_LINE + 64];
  if (!strncmp(line, "HELLO", 5)) return say(p, "HELLO REPLY RESULT=OK VERSION=3.3\n");
  if (!strncmp(line, "SESSION CREATE", 14)) {
    at = strstr(line, "DESTINATION=");
    if (!at) return -1;
    snprintf(reply, sizeof reply, "SESSION STATUS RESULT=OK %.*s\n", (int)strcspn(at, " "), at);
    return say(p, reply);
  }
  if (!strncmp(line, "STREAM CONNECT", 14)) {
    at = strstr(line, "TO_PORT=");
    int failed = say(p, "STREAM STATUS RESULT=OK\n");
    become(p, at ? atoi(at + 8) : 1);
    return failed;
  }
  if (!strncmp(line, "BARE ", 5)) {
    become(p, atoi(line + 5));
    return 0;
  }
  return -1;
}

/* What follows the last line of a connection is data already. */
static int data(struct peer *p, char *bytes, ssize_t n) {
  if (p->mode == ECHO) {
    while (n > 0) {
      ssize_t sent = send(p->fd, bytes, n, MSG_NOSIGNAL);
      if (sent < 0) {
        if (errno == EAGAIN) continue;
        return -1;
      }
      bytes += sent;
      n -= sent;
    }
    return 0;
  }
  while (n > 0 && p->header < 8) {
    p->left = p->left << 8 | (unsigned char)*bytes++;
    p->header++;
    n--;
  }
  if (p->header < 8) return 0;
  if (p->mode == SINK) {
    p->left -= n;
    return p->left ? 0 : say(p, "!");
  }
  p->writing = 1;
  watch(p, EPOLL_CTL_MOD);
  return 0;
}

static int lines(struct peer *p) {
  ssize_t n = recv(p->fd, p->line + p->used, MAX_LINE - p->used, 0);
  if (n <= 0) return n < 0 && errno == EAGAIN ? 0 : -1;
  p->used += n;
  char *start = p->line, *end;
  while (p->mode == LINES && (end = memchr(start, '\n', p->line + p->used - start))) {
    *end = 0;
    char *rest = end + 1;
    ssize_t over = p->line + p->used - rest;
    static char early[MAX_LINE];
    memcpy(early, rest, over);
    if (answer(p, start)) return -1;
    if (p->mode != LINES) return over ? data(p, early, over) : 0;
    start = rest;
  }
  p->used = p->line + p->used - start;
  memmove(p->line, start, p->used);
  return p->used == MAX_LINE ? -1 : 0;
}

static int ready(struct peer *p) {
  if (p->mode == LINES) return lines(p);
  if (p->writing) {
    ssize_t n = send(p->fd, block, p->left < sizeof block ? p->left : sizeof block, MSG_NOSIGNAL);
    if (n < 0) return errno == EAGAIN ? 0 : -1;
    p->left -= n;
    if (!p->left) {
      p->writing = p->header = 0;
      watch(p, EPOLL_CTL_MOD);
    }
    return 0;
  }
  ssize_t n = recv(p->fd, block, sizeof block, 0);
  if (n <= 0) return n < 0 && errno == EAGAIN ? 0 : -1;
  return data(p, block, n);
}

static struct sockaddr_in client;
static uint64_t counted, owed, credit;
static char out[2048];
static size_t head;

static void tell(int udp, size_t payload) { sendto(udp, out, head + payload, 0, (void *)&client, sizeof client); }

/* The line of what goes back, from the line that came: its third word is a destination. */
static void from(const char *line, const char *end) {
  const char *at = memchr(line, ' ', end - line);
  at = at ? memchr(at + 1, ' ', end - at - 1) : NULL;
  if (!at) return;
  size_t n = strcspn(++at, " \n");
  if (n > 1024) return;
  memcpy(out, at, n);
  head = n + sprintf(out + n, " FROM_PORT=0 TO_PORT=0\n");
  memset(out + head, 'x', PAYLOAD);
}

static void datagrams(int udp) {
  static char packet[65536];
  for (;;) {
    socklen_t size = sizeof client;
    ssize_t n = recvfrom(udp, packet, sizeof packet, MSG_DONTWAIT, (void *)&client, &size);
    if (n < 0) return;
    char *end = memchr(packet, '\n', n);
    if (!end || packet + n < end + 2) continue;
    switch (end[1]) {
      case 'S':
        if (++counted % BATCH) continue;
        from(packet, end + 1);
        tell(udp, 1);
        continue;
      case 'G':
        if (packet + n < end + 10) continue;
        owed = counted = 0;
        for (int i = 0; i < 8; i++) owed = owed << 8 | (unsigned char)end[2 + i];
        credit = WINDOW;
        from(packet, end + 1);
        break;
      case 'A':
        credit += BATCH;
        break;
      default:
        continue;
    }
    for (; owed && credit; owed--, credit--) tell(udp, PAYLOAD);
  }
}

int main(int argc, char **argv) {
  struct rlimit files;
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0), udp = socket(AF_INET, SOCK_DGRAM, 0);
  if (argc != 2) return 64;
  memset(block, 'x', sizeof block);
  at.sin_port = htons(atoi(argv[1]));
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (struct sockaddr *)&at, sizeof at) || listen(listener, 4096) ||
      bind(udp, (struct sockaddr *)&at, sizeof at))
    return perror("stub"), 69;
  epoll = epoll_create1(0);
  struct epoll_event first = {.events = EPOLLIN}, events[256];
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &first);
  struct epoll_event packets = {.events = EPOLLIN, .data.ptr = &client};
  epoll_ctl(epoll, EPOLL_CTL_ADD, udp, &packets);
  puts("ready");
  fflush(stdout);
  for (;;) {
    int n = epoll_wait(epoll, events, 256, -1);
    for (int i = 0; i < n; i++) {
      struct peer *p = events[i].data.ptr;
      if (events[i].data.ptr == &client) {
        datagrams(udp);
        continue;
      }
      if (p) {
        if (ready(p)) drop(p);
        continue;
      }
      int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
      if (fd < 0) continue;
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      p = calloc(1, sizeof *p);
      p->fd = fd;
      p->line = malloc(MAX_LINE);
      watch(p, EPOLL_CTL_ADD);
    }
  }
}
