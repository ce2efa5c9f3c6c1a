# syntax=docker/dockerfile:1
FROM eclipse-temurin:25.0.4_7-jdk-noble AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -q -pl standalone -am package -Dmaven.test.skip -Dspotless.check.skip

FROM eclipse-temurin:25.0.4_7-jre-noble
LABEL org.opencontainers.image.licenses=GPL-3.0-only
RUN groupadd --system --gid 10001 weft \
    && useradd --system --uid 10001 --gid weft --home-dir /var/lib/weft --create-home weft
COPY --from=build /src/standalone/target/app /opt/weft
# ND4J on several OpenMP threads of a busy machine is fifty times slower than on one.
ENV OMP_NUM_THREADS=1 \
    XDG_CACHE_HOME=/var/lib/weft/cache
USER 10001:10001
WORKDIR /var/lib/weft
VOLUME /var/lib/weft
EXPOSE 9464 8080
# No curl is needed for this: a live service answers 200.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=6 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9464 && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["java", "@/opt/weft/jvm.args", "-cp", "/opt/weft/lib/*", "weft.standalone.Main"]
