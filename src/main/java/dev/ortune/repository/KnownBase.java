package dev.ortune.repository;

import dev.ortune.adapter.Provenance;
import dev.ortune.export.PreparedBase;

/**
 * A base that this service has at hand.
 *
 * @param name as clients see it: the hub's name, or the folder's own name without its place
 * @param prepared the base
 * @param weightsSha256 of its prepared weights
 */
public record KnownBase(String name, PreparedBase prepared, String weightsSha256) {

    static KnownBase of(String name, PreparedBase prepared) {
        return new KnownBase(name, prepared, Provenance.weightsSha256(prepared));
    }
}
