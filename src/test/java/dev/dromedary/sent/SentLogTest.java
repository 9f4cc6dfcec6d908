package dev.dromedary.sent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.SmtpReply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentLogTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final Duration MAX_AGE = Duration.ofDays(5);
    private static final SmtpReply OK = new SmtpReply(250, "2.0.0", "2.0.0 Ok: queued as Ä1");

    @TempDir
    Path folder;

    @Test
    void whatWasTakenIsKnownToTheNextProcess() {
        try (Deliveries first = open()) {
            first.taken(message("a", 2), "pool-a", OK, 17);
        }
        try (Deliveries next = open()) {
            SentRecord known = next.of(message("a", 2));
            assertThat(known).isNotNull();
            assertThat(known.taken()).isTrue();
            assertThat(known.pool()).isEqualTo("pool-a");
            assertThat(known.code()).isEqualTo(250);
            assertThat(known.enhanced()).isEqualTo("2.0.0");
            assertThat(known.text()).isEqualTo("2.0.0 Ok: queued as Ä1");
            assertThat(known.tookMillis()).isEqualTo(17);
            assertThat(next.of(message("a", 3))).isNull();
            assertThat(next.of(message("b", 2))).isNull();
        }
    }

    @Test
    void aStartedEndOfDataIsInDoubtUntilItsAnswerIsKnown() {
        try (Deliveries first = open()) {
            first.started(message("silent", 1), "p");
            first.started(message("taken", 1), "p");
            first.taken(message("taken", 1), "p", OK, 1);
            first.started(message("refused", 1), "p");
            first.refused(message("refused", 1), "p", new SmtpReply(451, null, "later"));
        }
        try (Deliveries next = open()) {
            assertThat(next.of(message("silent", 1))).isNotNull().matches(record -> !record.taken());
            assertThat(next.of(message("taken", 1))).isNotNull().matches(SentRecord::taken);
            assertThat(next.of(message("refused", 1))).isNull();
        }
    }

    @Test
    void aTornTailIsCutOffAndWhatStandsBeforeItIsRead() throws IOException {
        try (Deliveries first = open()) {
            first.taken(message("whole", 1), "p", OK, 1);
            first.taken(message("torn", 1), "p", OK, 1);
        }
        Path file = newest();
        byte[] all = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(all, all.length - 5));
        try (Deliveries next = open()) {
            assertThat(next.of(message("whole", 1))).isNotNull();
            assertThat(next.of(message("torn", 1))).isNull();
        }
        assertThat(aside()).isEmpty();
    }

    @Test
    void aFileEndingInZerosAsAfterAPowerCutIsRead() throws IOException {
        try (Deliveries first = open()) {
            first.taken(message("whole", 1), "p", OK, 1);
        }
        Files.write(newest(), new byte[4096], StandardOpenOption.APPEND);
        try (Deliveries next = open()) {
            assertThat(next.of(message("whole", 1))).isNotNull();
        }
        assertThat(aside()).isEmpty();
    }

    @Test
    void aDamagedFileStopsNothingIsReadAroundTheDamageAndKeptAside() throws IOException {
        try (Deliveries first = open()) {
            first.taken(message("before", 1), "p", OK, 1);
            first.taken(message("hit", 1), "p", OK, 1);
            first.taken(message("after", 1), "p", OK, 1);
        }
        Path file = newest();
        byte[] all = Files.readAllBytes(file);
        all[all.length / 2] ^= 0x40;
        Files.write(file, all);
        try (Deliveries next = open()) {
            assertThat(next.of(message("before", 1))).isNotNull();
            assertThat(next.of(message("hit", 1))).isNull();
            assertThat(next.of(message("after", 1))).isNotNull();
        }
        assertThat(aside()).hasSize(1);
        assertThat(Files.readAllBytes(aside().get(0))).isEqualTo(all);
    }

    @Test
    void aFileOfNonsenseAndAFolderInAFilesPlaceStopNothing() throws IOException {
        Files.createDirectories(folder.resolve("000000000007.log"));
        Files.write(folder.resolve("000000000008.log"), "no log at all".repeat(100).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Files.write(folder.resolve("notes.txt"), new byte[] {1});
        try (Deliveries next = open()) {
            next.taken(message("a", 1), "p", OK, 1);
        }
        try (Deliveries again = open()) {
            assertThat(again.of(message("a", 1))).isNotNull();
        }
        assertThat(aside()).hasSize(2);
        assertThat(folder.resolve("notes.txt")).exists();
    }

    @Test
    void everyPrefixOfARecordIsNoRecordAndEveryFlippedBitIsSeen() {
        byte[] bytes = SentRecordCodec.encode(new SentRecord(SentKey.of(message("a", 1)), SentRecord.Kind.TAKEN, "p", 250, null, "ok", 3, NOW));
        for (int length = 0; length < bytes.length; length++) {
            assertThat(SentRecordCodec.decode(ByteBuffer.wrap(bytes, 0, length))).isNull();
        }
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(SentRecordCodec.decode(ByteBuffer.wrap(flipped))).as("bit " + bit).isNull();
        }
        assertThat(SentRecordCodec.decode(ByteBuffer.wrap(bytes))).isNotNull();
    }

    @Test
    void memoryAndFilesAreBoundedAndTheLastStayKnown() throws IOException {
        int keep = 100;
        try (Deliveries first = open(keep)) {
            for (int i = 0; i < 5_000; i++) {
                first.started(message("m" + i, 1), "p");
                first.taken(message("m" + i, 1), "p", OK, 1);
            }
            assertThat(first.of(message("m4900", 1))).isNotNull();
            assertThat(first.of(message("m4899", 1))).isNull();
            assertThat(files()).hasSizeBetween(3, 4);
            assertThat(first.logBytes()).isLessThan(4L * keep * 200);
        }
        try (Deliveries next = open(keep)) {
            assertThat(next.of(message("m4900", 1))).isNotNull();
            assertThat(next.of(message("m4899", 1))).isNull();
            assertThat(files()).hasSize(2);
        }
    }

    @Test
    void manyThreadsAppendAtOnceAndNothingIsLostOrTorn() throws Exception {
        int threads = 16;
        int each = 500;
        try (Deliveries first = open(threads * each / 5)) {
            List<Thread> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String name = "t" + t + "-";
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        first.taken(message(name + i, 1), "p", OK, 1);
                    }
                });
                thread.start();
                running.add(thread);
            }
            for (Thread thread : running) {
                thread.join();
            }
            assertThat(first.logFailures()).isZero();
        }
        try (Deliveries next = open(threads * each / 5)) {
            long known = Stream.iterate(0, i -> i + 1).limit(threads).mapToLong(t -> Stream.iterate(0, i -> i + 1).limit(each)
                    .filter(i -> next.of(message("t" + t + "-" + i, 1)) != null).count()).sum();
            assertThat(known).isEqualTo(threads * each / 5);
        }
        assertThat(aside()).isEmpty();
    }

    /** The folder taken away is what a disk gone read-only looks like: no new file can be begun. */
    @Test
    void whereNoNewFileCanBeBegunTheOldOneDoesNotGrowForEverAndNothingIsThrown() throws IOException {
        int keep = 100;
        try (Deliveries first = open(keep)) {
            first.taken(message("first", 1), "p", OK, 1);
            for (Path file : files()) {
                Files.delete(file);
            }
            Files.delete(folder.resolve("lock"));
            Files.delete(folder);
            for (int i = 0; i < 10 * keep; i++) {
                first.taken(message("m" + i, 1), "p", OK, 1);
            }
            assertThat(first.logFailures()).isBetween(7L * keep, 9L * keep);
            assertThat(first.of(message("m999", 1))).isNotNull();
            Files.createDirectories(folder);
            first.taken(message("again", 1), "p", OK, 1);
            first.taken(message("and-again", 1), "p", OK, 1);
        }
        try (Deliveries next = open(keep)) {
            assertThat(next.of(message("and-again", 1))).isNotNull();
        }
    }

    @Test
    void anInterruptedThreadStillRecords() {
        try (Deliveries first = open()) {
            Thread.currentThread().interrupt();
            first.taken(message("a", 1), "p", OK, 1);
            assertThat(Thread.interrupted()).isTrue();
            first.taken(message("b", 1), "p", OK, 1);
            assertThat(first.logFailures()).isZero();
        }
        try (Deliveries next = open()) {
            assertThat(next.of(message("a", 1))).isNotNull();
            assertThat(next.of(message("b", 1))).isNotNull();
        }
    }

    @Test
    void syncedRecordsAreReadAgainToo() {
        try (Deliveries first = Deliveries.logged(folder, 1000, true, MAX_AGE, InstantSource.fixed(NOW))) {
            first.taken(message("a", 1), "p", OK, 1);
        }
        try (Deliveries next = open()) {
            assertThat(next.of(message("a", 1))).isNotNull();
        }
    }

    @Test
    void whatIsTooOldToBeSentIsForgotten() {
        try (Deliveries first = open()) {
            first.taken(message("a", 1), "p", OK, 1);
        }
        try (Deliveries next = Deliveries.logged(folder, 1000, false, MAX_AGE, InstantSource.fixed(NOW.plus(MAX_AGE).plusSeconds(1)))) {
            assertThat(next.of(message("a", 1))).isNull();
        }
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        open().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
    }

    @Test
    void aSecondProcessOnTheSameFolderIsRefused() {
        try (Deliveries first = open()) {
            assertThatThrownBy(this::open).hasMessageContaining("[DATA_DIRECTORY_IN_USE]");
        }
    }

    @Test
    void withoutALogItForgetsWithTheProcess() {
        try (Deliveries first = Deliveries.inMemory(10, InstantSource.fixed(NOW))) {
            first.taken(message("a", 1), "p", OK, 1);
            assertThat(first.of(message("a", 1))).isNotNull();
            assertThat(first.logBytes()).isZero();
        }
    }

    private Deliveries open() {
        return open(1000);
    }

    private Deliveries open(int keep) {
        return Deliveries.logged(folder, keep, false, MAX_AGE, InstantSource.fixed(NOW));
    }

    private static Envelope message(String id, int attempt) {
        return new Envelope(id, id, null, EmailAddress.parse("ann@example.com"), "other", "default", null, List.of(), 4, 3, NOW, attempt, 1);
    }

    private List<Path> files() throws IOException {
        return new SentFiles(folder).all();
    }

    private Path newest() throws IOException {
        return files().get(files().size() - 1);
    }

    private List<Path> aside() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".corrupt")).toList();
        }
    }
}
