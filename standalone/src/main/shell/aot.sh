#!/bin/sh
# Makes the cache by which weft starts faster: a short replay of made-up images, of which the JDK keeps the loaded
# classes and the profiles of methods in FILE. It is of use to this JDK and this build alone; for others the JVM
# passes over it. Usage: aot.sh JDK APP FILE [PID]; with a PID it waits first until that process has ended.
set -eu
jdk=$1
app=$2
file=$3
waits=${4:-}

# The terminal may close and Ctrl-C is for the command that is waited for.
trap '' HUP INT
while [ -n "$waits" ] && kill -0 "$waits" 2>/dev/null; do
    sleep 2
done

folder=$(dirname "$file")
work="$folder/work"
lock="$folder/lock"
mkdir -p "$folder"
if ! ln -s "$$" "$lock" 2>/dev/null; then
    if kill -0 "$(readlink "$lock")" 2>/dev/null; then
        echo "another process makes it"
        exit 0
    fi
    rm -f "$lock"
    ln -s "$$" "$lock"
fi

finish() {
    code=$?
    # Not again and again; what was stopped from outside is another matter.
    [ "$code" -eq 0 ] || [ "$code" -eq 143 ] || : >"$file.failed"
    rm -rf "$work" "$lock"
}
trap finish EXIT
trap 'exit 143' TERM

# The user's settings are for other commands than this one.
for name in $(env | sed -n 's/^\(WEFT_[A-Za-z0-9_]*\)=.*/\1/p') JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS; do
    unset "$name"
done

# IDX files: a header in octal, then the values. Images are waves of ten directions, in ten shades of grey.
images() {
    {
        printf '\000\000\010\003\000\000%b\000\000\000\034\000\000\000\034' "$2"
        awk -v n="$3" 'BEGIN {
            srand(1)
            for (i = 0; i < n; i++) {
                c = i % 10; phase = 6 * rand()
                for (y = 0; y < 28; y++)
                    for (x = 0; x < 28; x++) printf "%d", 4.5 + 4.5 * sin(phase + (y * (c - 4) + x * (5 - c)) / 9)
            }
        }' | LC_ALL=C tr 0-9 '\000\034\070\124\160\215\251\305\341\375'
    } >"$1-images-idx3-ubyte"
    {
        printf '\000\000\010\001\000\000%b' "$2"
        awk -v n="$3" 'BEGIN { for (i = 0; i < n; i++) printf "%d", i % 10 }' | LC_ALL=C tr 0-9 '\000-\011'
    } >"$1-labels-idx1-ubyte"
}

rm -rf "$work"
mkdir -p "$work/images"
images "$work/images/train" '\013\270' 3000
images "$work/images/t10k" '\001\364' 500

jars=''
for jar in "$app"/lib/*.jar; do
    jars="$jars:$jar"
done

# Usage: make OPTION ..., what the JVM is to run with.
make() {
    rm -rf "$work/cache" "$work/state"
    "$jdk/bin/java" "$@" "-XX:AOTCacheOutput=$work/cache" weft.standalone.Main up --once \
        --data "$work/images" --dir "$work/state" --kafka-port 0 --metrics-port 0 --port 0 && [ -f "$work/cache" ]
}

# As soon as an incubator module is in use the JDK 25 keeps neither linked classes nor lambdas, of which it would make
# 3,600 at each start. So the module's classes are taken out of the JDK and put on the boot class path, with the flags
# that the JVM sets where it sees the module. Of another JDK nobody has measured that.
linkable() {
    grep -q '^JAVA_VERSION="*25' "$jdk/release" || return 1
    rm -rf "$work/vector"
    "$jdk/bin/jimage" extract --dir "$work/vector" --include 'regex:/jdk.incubator.vector/.*' "$jdk/lib/modules" &&
        rm -f "$work/vector/jdk.incubator.vector/module-info.class" &&
        "$jdk/bin/jar" --create --no-manifest --file "$vector" -C "$work/vector/jdk.incubator.vector" . &&
        sed 's/--add-modules jdk.incubator.vector//' "$app/jvm.args" >"$folder/linked.args" || return 1
    for package in internal internal.foreign internal.misc internal.util internal.vm.annotation internal.vm.vector; do
        echo "--add-exports java.base/jdk.$package=ALL-UNNAMED"
    done >>"$folder/linked.args"
    echo "-XX:+UnlockExperimentalVMOptions -XX:+EnableVectorSupport -XX:+EnableVectorReboxing" \
        "-XX:+EnableVectorAggressiveReboxing -XX:+UseVectorStubs" >>"$folder/linked.args"
}

# Makes the broker's lambdas such that the cache keeps them, in a copy of their classes. Where a build left another
# release's jar behind nobody knows which one is meant.
plain() {
    set -- "$app"/lib/kafka_2.13-*.jar
    [ $# -eq 1 ] && "$jdk/bin/java" -cp "${jars#:}" weft.standalone.PlainLambdas "$1" "$lambdas" && [ -f "$lambdas" ]
}

linked() {
    linkable || return 1
    if plain; then
        set -- "$lambdas$jars"
    else
        rm -f "$lambdas"
        set -- "${jars#:}"
    fi
    make "@$folder/linked.args" "-Xbootclasspath/a:$vector" -cp "$1"
}

# Those of other JDKs and builds go, and no start takes one that is being made.
vector="$folder/vector-${file##*/cache-}.jar"
lambdas="$folder/lambdas-${file##*/cache-}.jar"
find "$folder" -type f \( -name 'cache-*' -o -name 'vector-*' -o -name 'lambdas-*' \) -exec rm -f {} +
if ! linked; then
    rm -f "$vector" "$lambdas"
    make "@$app/jvm.args" -cp "${jars#:}"
fi
mv "$work/cache" "$file"
