package io.gds.database.topology;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A snapshot of a cluster: who is in it, in which role, who follows whom.
 *
 * @param cluster the cluster's name
 * @param systemId the identity that all members share (PostgreSQL's system identifier, a replica set id)
 * @param members all configured members, answering or not
 * @param links replication streams between them
 * @param observedAt when it was read
 */
public record Topology(String cluster, String systemId, List<Member> members, List<Link> links, Instant observedAt) {
    /** Checks and copies. */
    public Topology {
        requireNonNull(cluster, "cluster");
        requireNonNull(systemId, "systemId");
        members = List.copyOf(members);
        links = List.copyOf(links);
        requireNonNull(observedAt, "observedAt");
    }

    /** The one primary; empty when there is none or more than one claims to be it. */
    public Optional<Member> primary() {
        List<Member> primaries = withRole(MemberRole.PRIMARY);
        return primaries.size() == 1 ? Optional.of(primaries.get(0)) : Optional.empty();
    }

    /** Members in a role. */
    public List<Member> withRole(MemberRole role) {
        return members.stream().filter(m -> m.role() == role).collect(Collectors.toUnmodifiableList());
    }

    /** A member by name. */
    public Optional<Member> member(String name) {
        return members.stream().filter(m -> m.name().equals(name)).findFirst();
    }

    /** The stream into a member. */
    public Optional<Link> linkTo(String downstream) {
        return links.stream().filter(l -> l.downstream().equals(downstream)).findFirst();
    }

    /**
     * Identity and nothing else: cluster, system id, members' names and addresses. Roles, versions and lag are left out,
     * since our own steps change them.
     */
    public String fingerprint() {
        String identity = cluster + "\n" + systemId + "\n"
                + members.stream()
                        .map(m -> m.name() + "=" + m.address())
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .collect(Collectors.joining("\n"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
