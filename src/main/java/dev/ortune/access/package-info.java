/**
 * Who asks, what they may and how much: keys, tokens, tenants, scopes, quotas.
 *
 * <p>Called by {@code api} and by what belongs to tenants; calls {@code io} for hashes.
 */
package dev.ortune.access;
