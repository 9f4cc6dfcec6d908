package dev.dromedary.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmtpBodyTest {
    private static final int MEGABYTE = 1024 * 1024;
    private final byte[] piece = new byte[MEGABYTE];

    @Test
    void a_message_of_exactly_the_limit_fits() {
        var body = new SmtpBody(new SmtpMemory(0), 10, 0);
        body.append(new byte[10], 0, 10);
        assertThat(body.tooLarge()).isFalse();
        assertThat(body.content()).hasSize(10);
    }

    @Test
    void one_octet_over_the_limit_is_too_large_and_nothing_more_is_kept() {
        var body = new SmtpBody(new SmtpMemory(0), 10, 0);
        body.append(new byte[10], 0, 10);
        body.append(new byte[1], 0, 1);
        assertThat(body.tooLarge()).isTrue();
        assertThat(body.content()).hasSize(10);
    }

    @Test
    void a_large_message_takes_from_the_shared_memory_and_gives_back_all_it_took() {
        var memory = new SmtpMemory(20L * MEGABYTE);
        try (var body = new SmtpBody(memory, 50L * MEGABYTE, 0)) {
            for (int i = 0; i < 5; i++) {
                body.append(piece, 0, MEGABYTE);
            }
            assertThat(body.content()).hasSize(5 * MEGABYTE);
            assertThat(memory.free()).isLessThan(20L * MEGABYTE);
        }
        assertThat(memory.free()).isEqualTo(20L * MEGABYTE);
    }

    @Test
    void a_message_that_the_shared_memory_does_not_allow_for_is_starved() {
        var memory = new SmtpMemory(2L * MEGABYTE);
        try (var body = new SmtpBody(memory, 50L * MEGABYTE, 0)) {
            for (int i = 0; i < 10; i++) {
                body.append(piece, 0, MEGABYTE);
            }
            assertThat(body.starved()).isTrue();
            assertThat(body.tooLarge()).isFalse();
        }
        assertThat(memory.free()).isEqualTo(2L * MEGABYTE);
    }

    @Test
    void a_declared_size_is_not_trusted_beyond_a_first_guess() {
        var memory = new SmtpMemory(0);
        var body = new SmtpBody(memory, 1L << 40, 1L << 40);
        body.append(new byte[10], 0, 10);
        assertThat(body.content()).hasSize(10);
        assertThat(memory.free()).isZero();
    }
}
