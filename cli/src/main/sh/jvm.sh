# What every script that starts Heddle needs; to be sourced.

wanted=25

# The feature version of the JDK in a folder, from its release file; nothing if there is none.
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_jdk() {
  local candidates=() path_java candidate version best="" best_version=0
  [ -n "${JAVA_HOME:-}" ] && candidates+=("$JAVA_HOME")
  path_java="$(command -v java 2>/dev/null)" &&
    candidates+=("$(dirname "$(dirname "$(readlink -f "$path_java")")")")
  for candidate in "${candidates[@]+"${candidates[@]}"}"; do
    version="$(jdk_version "$candidate")"
    [ "${version:-0}" -ge "$wanted" ] && { echo "$candidate"; return; }
  done
  shopt -s nullglob
  for candidate in /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
      "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    version="$(jdk_version "$candidate")"
    # the lowest that fits: the one that Heddle is tested with
    if [ "${version:-0}" -ge "$wanted" ] && { [ -z "$best" ] || [ "$version" -lt "$best_version" ]; }; then
      best="$candidate"
      best_version="$version"
    fi
  done
  echo "$best"
}

# The flags for Heddle's modules on that module path, a line each.
jvm_options() {
  printf '%s\n' \
    -XX:+UseSerialGC \
    -XX:Tier3DelayOn=100000 \
    --add-exports=java.base/jdk.internal.module=dev.heddle.backend.cpu \
    --enable-native-access=jocl,jcuda,dev.heddle.runtime,dev.heddle.backend.cpu,dev.heddle.backend.opencl,dev.heddle.backend.cuda \
    "--module-path=$1"
}
