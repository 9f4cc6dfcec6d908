# Dromedary as an image: docker build -t dromedary .   How it is run and what was checked: docs/deployment.md
# Tags name a version of the JDK and of the system under it, so that a build of today and one of next year start alike; raise them on purpose.

FROM maven:3.9.11-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml ./
COPY src src
COPY docs/openapi.yaml docs/openapi.yaml
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -DskipTests package

# glibc and bash are needed: the embedded PostgreSQL is built against the one, bin/dromedary and bin/ready are scripts of the other.
FROM eclipse-temurin:17.0.16_8-jre-noble
RUN groupadd --gid 10001 dromedary \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/dromedary --shell /usr/sbin/nologin dromedary \
 && install -d -o 10001 -g 10001 -m 0750 /var/lib/dromedary
WORKDIR /opt/dromedary
COPY bin bin
COPY config config
COPY routes routes
COPY --from=build /build/target/lib target/lib
COPY --from=build /build/target/dromedary.jar target/dromedary.jar
ENV DROMEDARY_HOME=/opt/dromedary
# By number, so that a cluster can see that it is not root.
USER 10001:10001
VOLUME /var/lib/dromedary
EXPOSE 8025 8026
# bin/ready asks /observe/health/ready with bash alone: no curl, no JVM for each probe.
HEALTHCHECK --interval=10s --timeout=6s --start-period=90s --retries=3 CMD ["/opt/dromedary/bin/ready"]
# The script ends in exec, so SIGTERM reaches the JVM, which drains for at most a minute: stop with --time 90.
ENTRYPOINT ["/opt/dromedary/bin/dromedary"]
CMD ["run", "--data", "/var/lib/dromedary"]
