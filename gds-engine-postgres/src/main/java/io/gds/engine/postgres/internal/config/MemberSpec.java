package io.gds.engine.postgres.internal.config;

import java.util.Optional;

/**
 * A configured member.
 *
 * @param name unique within the cluster
 * @param address where it listens
 * @param dataDir its data directory on its host; empty when Patroni tells
 * @param logFile what its postmaster writes to, on its host
 */
public record MemberSpec(String name, HostPort address, Optional<String> dataDir, Optional<String> logFile) {}
