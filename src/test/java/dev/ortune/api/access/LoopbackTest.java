package dev.ortune.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as this machine. */
class LoopbackTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "127.0.0.1",
                "127.1.2.3",
                "::1",
                "[::1]",
                "0:0:0:0:0:0:0:1",
                "::ffff:127.0.0.1"
            })
    void thisMachine(String host) {
        assertThat(Loopback.isHost(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "localhost.example.org",
                "127.0.0.1.example.org",
                "192.0.2.1",
                "0.0.0.0",
                "::",
                "::ffff:192.0.2.1",
                "2130706433",
                "[",
                "[]"
            })
    void anotherMachine(String host) {
        assertThat(Loopback.isHost(host)).isFalse();
    }
}
