package dev.dromedary.deployment;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The Dockerfile, instruction by instruction. */
final class ImageFile {
    record Instruction(String name, String arguments) {
        List<String> words() {
            return List.of(arguments.split("\\s+"));
        }

        /** The exec form, a JSON array, at the end of the arguments. */
        List<String> exec() {
            try {
                return ComposeFile.texts(new JsonMapper().readTree(arguments.substring(arguments.indexOf('['))));
            } catch (IOException | StringIndexOutOfBoundsException e) {
                throw new AssertionError(name + " " + arguments + ": not in the exec form, so a shell would stand between signals and the program", e);
            }
        }
    }

    /** @param from the stage that it is copied from, or empty for the build context */
    record Copy(String from, String source, String target) {
    }

    private final List<Instruction> instructions = new ArrayList<>();

    private ImageFile() {
    }

    static ImageFile read() throws IOException {
        ImageFile file = new ImageFile();
        StringBuilder line = new StringBuilder();
        for (String text : Files.readAllLines(Path.of("Dockerfile"))) {
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            boolean goesOn = text.endsWith("\\");
            line.append(goesOn ? text.substring(0, text.length() - 1) : text);
            if (!goesOn) {
                String[] parts = line.toString().strip().split("\\s+", 2);
                file.instructions.add(new Instruction(parts[0].toUpperCase(Locale.ROOT), parts[1]));
                line.setLength(0);
            }
        }
        return file;
    }

    List<Instruction> all(String name) {
        return instructions.stream().filter(instruction -> instruction.name().equals(name)).toList();
    }

    Instruction last(String name) {
        List<Instruction> found = all(name);
        if (found.isEmpty()) {
            throw new AssertionError("no " + name);
        }
        return found.get(found.size() - 1);
    }

    /** Of the last stage, or of those before it. */
    List<Copy> copies(boolean lastStage) {
        int begin = instructions.indexOf(last("FROM"));
        List<Copy> copies = new ArrayList<>();
        for (Instruction copy : all("COPY")) {
            if (instructions.indexOf(copy) > begin == lastStage) {
                List<String> words = copy.words();
                String from = words.get(0).startsWith("--from=") ? words.get(0).substring("--from=".length()) : "";
                copies.add(new Copy(from, words.get(words.size() - 2), words.get(words.size() - 1)));
            }
        }
        return copies;
    }

    /** Copies what the last stage holds into a folder, which then looks as its WORKDIR does. */
    void layOut(Path folder) throws IOException {
        for (Copy copy : copies(true)) {
            copyTree(inRepository(copy), folder.resolve(copy.target()));
        }
    }

    /** Where the build stage's WORKDIR is this repository. */
    static Path inRepository(Copy copy) {
        return Path.of(copy.from().isEmpty() ? copy.source() : copy.source().replaceFirst("^/build/", ""));
    }

    private static void copyTree(Path source, Path target) throws IOException {
        try (var files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path to = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
