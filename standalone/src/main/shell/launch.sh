# What `weft` and the scripts of benchmarks/ share: they find one and the same JDK and build in one way. Sourced by
# POSIX shells with the project's folder in $here; sets $jdk and $app.
# shellcheck shell=sh

app="$here/standalone/target/app"

is_jdk25() {
    # Not the first line: JAVA_TOOL_OPTIONS makes Java say something else before.
    [ -x "$1/bin/javac" ] && "$1/bin/java" -version 2>&1 | grep -E '^[A-Za-z]+ version "(2[5-9]|[3-9][0-9])' >/dev/null
}

find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && is_jdk25 "$JAVA_HOME"; then
        printf '%s\n' "$JAVA_HOME"
        return
    fi
    on_path=$(command -v javac || true)
    if [ -n "$on_path" ]; then
        # The link of a system's alternatives leads to the JDK itself.
        home=$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || printf '%s' "$on_path")")")
        if is_jdk25 "$home"; then
            printf '%s\n' "$home"
            return
        fi
    fi
    # A service of systemd has no HOME.
    for home in /usr/lib/jvm/* /opt/java/* /opt/jdk* \
        ${HOME:+"$HOME"/.sdkman/candidates/java/*} ${HOME:+"$HOME"/.jdks/*} \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        if is_jdk25 "$home"; then
            printf '%s\n' "$home"
            return
        fi
    done
    return 1
}

# A stamp newer than every source, build file and launch file means that the build is up to date.
up_to_date() {
    [ -f "$app/built" ] && [ -z "$(find "$here"/pom.xml "$here"/core "$here"/kafka "$here"/producer "$here"/trainer "$here"/scorer \
        "$here"/evaluation "$here"/monitoring "$here"/standalone \
        -path '*/target' -prune -o -path '*/src/test' -prune -o -type f -newer "$app/built" -print | head -n 1)" ]
}

# Whether a process runs, also another user's, also where there is no ps.
alive() {
    kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ] || ps -p "$1" >/dev/null 2>&1
}

# Only one launcher builds at a time; the others wait for it. The link's target is the builder's process id: made in
# one step, and one whose process is gone counts for nothing.
lock() {
    lock="$here/standalone/target/building"
    if ! mkdir -p "$here/standalone/target" 2>/dev/null || ! [ -w "$here/standalone/target" ]; then
        echo "weft: cannot build: no right to write to $here/standalone/target" >&2
        exit 1
    fi
    told=''
    until ln -s "$$" "$lock" 2>/dev/null; do
        builder=$(readlink "$lock" || true)
        if [ -n "$builder" ] && ! alive "$builder"; then
            rm -f "$lock"
        else
            [ -n "$told" ] || echo "weft: waiting for another weft that builds (process $builder)" >&2
            told=yes
            sleep 1
        fi
    done
    trap 'rm -f "$lock"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

unlock() {
    rm -f "$lock"
    trap - EXIT INT TERM
}

# Builds a module with what it stands on.
package() {
    log="$here/$1/target/build.log"
    mkdir -p "$here/$1/target"
    # Maven's wrapper wants to know where to keep Maven.
    if [ -z "${HOME:-}" ]; then
        HOME=$(eval "printf '%s' ~$(id -un 2>/dev/null)")
        [ -d "$HOME" ] || HOME="$here/standalone/target/home"
        export HOME
    fi
    if ! (cd "$here" && JAVA_HOME="$jdk" ./mvnw -B -q -pl "$1" -am package -Dmaven.test.skip -Dspotless.check.skip) >"$log" 2>&1; then
        grep -m 3 -E 'ERROR' "$log" >&2 || tail -n 3 "$log" >&2
        echo "weft: the build failed; all of it is in $log" >&2
        exit 1
    fi
}

# Builds the command where it is missing or older than its sources.
build_command() {
    if up_to_date; then
        return
    fi
    lock
    if ! up_to_date; then
        echo "weft: building (the first time this takes a minute or two)" >&2
        # As old as the build's start: what is edited while it runs is built the next time.
        started="$here/standalone/target/started"
        : >"$started"
        package standalone
        touch -r "$started" "$app/built"
    fi
    unlock
}

if ! jdk=$(find_jdk); then
    echo "weft: needs a JDK 25 (for example: apt install temurin-25-jdk, brew install openjdk@25, or https://adoptium.net), and none was found in JAVA_HOME, on the PATH or in the usual folders" >&2
    exit 2
fi

case $here in
*:*)
    echo "weft: the folder $here has a colon in its name, which Java's class path cannot hold: rename or move it" >&2
    exit 2
    ;;
esac

# ND4J on several OpenMP threads of a busy machine is fifty times slower than on one.
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"

# With plain ASCII, as services and containers have it, Java can name no file with an umlaut in its name.
case $(locale charmap 2>/dev/null || true) in
'' | US-ASCII | ANSI_X3.4-1968) export LC_ALL=C.UTF-8 ;;
esac
