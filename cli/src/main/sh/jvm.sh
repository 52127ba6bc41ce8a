# What every script that starts Heddle needs; to be sourced.

wanted=25

# Sets "version" to the feature version of the JDK in a folder, from its release file; 0 if there is
# none. No process is started for it, since it is asked at every start.
jdk_version() {
  local line
  version=0
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line; do
    case "$line" in
      JAVA_VERSION=\"*) line="${line#*\"}"; version="${line%%[!0-9]*}"; return ;;
    esac
  done <"$1/release"
}

find_jdk() {
  local candidates=() path_java candidate version best="" best_version=0
  [ -n "${JAVA_HOME:-}" ] && candidates+=("$JAVA_HOME")
  path_java="$(command -v java 2>/dev/null)" && path_java="$(readlink -f "$path_java")" &&
    candidates+=("${path_java%/bin/java}")
  for candidate in "${candidates[@]+"${candidates[@]}"}"; do
    jdk_version "$candidate"
    [ "${version:-0}" -ge "$wanted" ] && { echo "$candidate"; return; }
  done
  shopt -s nullglob
  for candidate in /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
      "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    jdk_version "$candidate"
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

# Keeps the signal handlers of that JDK's JVM in force, whatever the compilers of OpenCL drivers install.
keep_signals() {
  if [ -r "$1/lib/libjsig.so" ]; then
    export LD_PRELOAD="$1/lib/libjsig.so${LD_PRELOAD:+:$LD_PRELOAD}"
  fi
}
