package dev.dromedary.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.deployment.ComposeFile.Mount;
import dev.dromedary.deployment.ImageFile.Copy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Dockerfile against what is in the repository and what the build makes. No image is built. */
class DockerfileTest {
    private static final String HOME = "/opt/dromedary";
    private final ImageFile image = ImageFile.read();

    DockerfileTest() throws IOException {
    }

    /** The file of the repository that a path in the image is copied from. */
    private Path source(String path) {
        assertThat(path).startsWith(HOME + "/");
        String inside = path.substring(HOME.length() + 1);
        Copy copy = image.copies(true).stream().filter(candidate -> inside.startsWith(candidate.target() + "/")).findFirst().orElseThrow();
        return Path.of(copy.source()).resolve(inside.substring(copy.target().length() + 1));
    }

    @Test
    void whatIsCopiedFromTheRepositoryIsThereAndSentToTheBuild() throws IOException {
        List<String> sent = Files.readAllLines(Path.of(".dockerignore"));
        for (boolean last : new boolean[] {false, true}) {
            assertThat(image.copies(last)).filteredOn(copy -> copy.from().isEmpty()).isNotEmpty().allSatisfy(copy -> {
                assertThat(Path.of(copy.source())).exists();
                assertThat(sent).contains("!" + copy.source());
            });
        }
        assertThat(sent).contains("*");
    }

    @Test
    void whatIsCopiedFromTheBuildIsWhatTheBuildMakes() throws IOException {
        assertThat(image.all("FROM").get(0).arguments()).endsWith(" AS build");
        assertThat(image.all("WORKDIR").get(0).arguments()).isEqualTo("/build");
        assertThat(PomFile.value("outputDirectory")).isEqualTo("${project.build.directory}/lib");
        assertThat(image.copies(true)).filteredOn(copy -> copy.from().equals("build")).extracting(Copy::source)
                .containsExactlyInAnyOrder("/build/target/" + PomFile.value("finalName") + ".jar", "/build/target/lib");
    }

    @Test
    void theProgramFindsEverythingWhereItLooks() throws IOException {
        assertThat(image.last("WORKDIR").arguments()).isEqualTo(HOME);
        assertThat(image.last("ENV").arguments()).isEqualTo("DROMEDARY_HOME=" + HOME);
        assertThat(image.copies(true)).extracting(Copy::target).contains("routes", "config", "bin", "target/dromedary.jar", "target/lib");
        assertThat(Files.readString(Path.of("bin/dromedary"))).contains("$home/target/dromedary.jar:$home/target/lib/*");
    }

    @Test
    void signalsReachTheJvm() throws IOException {
        Path script = source(image.last("ENTRYPOINT").exec().get(0));

        assertThat(Files.isExecutable(script)).isTrue();
        List<String> lines = Files.readAllLines(script);
        assertThat(lines.get(lines.size() - 2)).startsWith("exec \"$java\"");
        assertThat(image.last("CMD").exec()).startsWith("run");
    }

    @Test
    void theHealthCheckAsksTheManagementPort() throws IOException {
        Path script = source(image.last("HEALTHCHECK").exec().get(0));

        assertThat(Files.isExecutable(script)).isTrue();
        assertThat(Files.readString(script)).contains("/observe/health/ready").contains("DROMEDARY_MANAGEMENT_PORT:-8026");
    }

    @Test
    void itRunsAsAnotherUserThanRootWhoOwnsTheData() {
        String user = image.last("USER").arguments();
        String data = image.last("VOLUME").arguments();

        assertThat(user).matches("[1-9]\\d+:[1-9]\\d+");
        assertThat(image.last("RUN").arguments()).contains("install -d -o " + user.replace(":", " -g ") + " -m 0750 " + data);
        assertThat(image.last("CMD").exec()).containsSequence("--data", data);
    }

    @Test
    void composeKeepsTheDataOfTheImage() throws IOException {
        ComposeFile compose = ComposeFile.read(Map.of("BROKER_PASSWORD", "b", "POSTGRES_PASSWORD", "p", "API_KEY_SHA256", "a", "GRAFANA_PASSWORD", "g"));

        assertThat(compose.mounts("dromedary")).extracting(Mount::target).contains(image.last("VOLUME").arguments());
        assertThat(image.last("EXPOSE").words()).containsExactlyInAnyOrderElementsOf(
                compose.ports("dromedary").stream().map(port -> String.valueOf(port.container())).toList());
    }

    @Test
    void theJdkBuildsAndRunsWhatIsCompiled() throws IOException {
        int release = Integer.parseInt(PomFile.value("maven.compiler.release"));
        Matcher build = Pattern.compile("maven:3\\.9\\..*-temurin-(\\d+)").matcher(image.all("FROM").get(0).words().get(0));
        Matcher run = Pattern.compile("eclipse-temurin:(\\d+)\\..*-jre-.*").matcher(image.last("FROM").words().get(0));

        assertThat(build.matches()).isTrue();
        assertThat(run.matches()).isTrue();
        assertThat(Integer.parseInt(build.group(1))).isGreaterThanOrEqualTo(release);
        assertThat(Integer.parseInt(run.group(1))).isGreaterThanOrEqualTo(release);
    }
}
