/**
 * Who asks, and what they may: tenants, scopes.
 *
 * <p>Called by {@code api} and by what belongs to tenants; calls nothing.
 */
package dev.ortune.access;
