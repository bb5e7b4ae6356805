package dev.ortune.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPolicyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.255",
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "198.19.0.1",
                "224.0.0.1",
                "255.255.255.255",
                // The same in other spellings.
                "2130706433",
                "[::ffff:10.0.0.1]",
                "[::]",
                "[::1]",
                "[::7f00:1]",
                "[fe80::1]",
                "[fec0::1]",
                "[fc00::1]",
                "[fdff::1]",
                "[ff02::1]",
                "[2001:db8::1]",
                "[2002:7f00:1::]",
                "[64:ff9b::a00:1]",
                "[64:ff9b:1::1]"
            })
    void addressesOfNetworksInsideAreRefused(String host) throws UnknownHostException {
        assertThat(TargetPolicy.publicOnly().refusal(URI.create("http://" + host + "/")))
                .isPresent();
        assertThat(TargetPolicy.allowPrivateAddresses().refusal(URI.create("http://" + host)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "[2606:4700::1111]",
                "[64:ff9b::101:101]"
            })
    void othersMayBeSentTo(String host) throws UnknownHostException {
        assertThat(TargetPolicy.publicOnly().refusal(URI.create("http://" + host + "/"))).isEmpty();
    }

    @Test
    void aNameIsRefusedIfAnyOfItsAddressesIs() throws UnknownHostException {
        assertThat(resolving("1.1.1.1", "10.0.0.1").refusal(URI.create("https://example.com/")))
                .isPresent();
        assertThat(resolving("1.1.1.1", "2606:4700::1").refusal(URI.create("https://a.com/")))
                .isEmpty();
    }

    @Test
    void everyRefusalIsDecidedAnew() throws UnknownHostException {
        List<String> answers = new ArrayList<>(List.of("1.1.1.1", "127.0.0.1"));
        TargetPolicy policy =
                new TargetPolicy(
                        false,
                        host -> new InetAddress[] {InetAddress.getByName(answers.remove(0))});
        URI url = URI.create("https://rebinding.example.com/");
        assertThat(policy.refusal(url)).isEmpty();
        assertThat(policy.refusal(url)).isPresent();
    }

    @Test
    void aNameWithoutAddressIsToldApart() {
        TargetPolicy policy =
                new TargetPolicy(
                        false,
                        host -> {
                            throw new UnknownHostException(host);
                        });
        assertThatThrownBy(() -> policy.refusal(URI.create("https://example.com/")))
                .isInstanceOf(UnknownHostException.class);
    }

    private static TargetPolicy resolving(String... addresses) {
        return new TargetPolicy(
                false,
                host -> {
                    assertThat(host).doesNotContain("/");
                    return Stream.of(addresses)
                            .map(TargetPolicyTest::literal)
                            .toArray(InetAddress[]::new);
                });
    }

    private static InetAddress literal(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
