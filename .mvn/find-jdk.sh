# Sourced by mvnw, allium and .ci/run: sets allium_jdk to the folder of a JDK 21 or newer, or to nothing.
# In this order: $ALLIUM_JAVA, $JAVA_HOME, the java of PATH, then the newest in the usual folders.
# The version stands in the file "release", so no JVM is started to ask.

allium_jdk_version() { # FOLDER: sets allium_version to the feature version of the JDK there, 0 if there is none
  allium_version=0
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS='=' read -r allium_key allium_value; do
    [ "$allium_key" = JAVA_VERSION ] || continue
    allium_value=${allium_value#\"}
    allium_value=${allium_value%%[!0-9]*}
    allium_version=${allium_value:-0}
  done < "$1/release"
}

allium_find_jdk() {
  allium_jdk=
  allium_java=$(command -v java || :)
  [ -z "$allium_java" ] || allium_java=$(readlink -f "$allium_java" || :)
  for allium_folder in "${ALLIUM_JAVA:-}" "${JAVA_HOME:-}" "${allium_java%/bin/java}"; do
    [ -n "$allium_folder" ] || continue
    allium_jdk_version "${allium_folder%/bin/java}"
    if [ "$allium_version" -ge 21 ]; then
      allium_jdk=${allium_folder%/bin/java}
      return 0
    fi
  done
  allium_newest=20
  for allium_folder in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/openjdk* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.asdf/installs/java/* \
    "${HOME:-}"/.local/share/mise/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    allium_jdk_version "$allium_folder"
    if [ "$allium_version" -gt "$allium_newest" ]; then
      allium_newest=$allium_version
      allium_jdk=$allium_folder
    fi
  done
}

allium_need_jdk() { # PROGRAM: as allium_find_jdk, and ends the program in one sentence when there is none
  allium_find_jdk
  [ -n "$allium_jdk" ] && return 0
  echo "$1: needs a JDK 21 or newer, and found none: install one" \
    "(Debian 13: apt install openjdk-21-jdk-headless; any Linux: https://adoptium.net) or set JAVA_HOME to its folder." >&2
  exit 69
}
