package dev.ortune.webhook;

import java.security.SecureRandom;

/** Ids that nobody guesses: 130 random bits, without the dot that separates what is signed. */
final class RandomIds {

    private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 26;

    private final SecureRandom random = new SecureRandom();

    String next(String prefix) {
        StringBuilder id = new StringBuilder(prefix);
        random.ints(LENGTH, 0, CHARACTERS.length())
                .forEach(index -> id.append(CHARACTERS.charAt(index)));
        return id.toString();
    }
}
