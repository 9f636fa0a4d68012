package io.gds.engine.postgres.internal.control;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.HostPort;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.sql.Literal;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whom a member follows: its connection string and its slot. Connection strings may hold passwords and leave nowhere. */
public final class Following {
    private static final String CONNINFO = "primary_conninfo";
    private static final String SLOT = "primary_slot_name";

    private final PostgresEngine engine;
    private final Settings settings;

    /** Followers of a cluster. */
    public Following(PostgresEngine engine) {
        this.engine = engine;
        this.settings = new Settings(engine);
    }

    /** The member that a running follower is configured to follow. */
    public Optional<String> upstream(String follower) {
        ConnInfo info = ConnInfo.parse(settings.inForce(follower, CONNINFO));
        return engine.spec().members().stream()
                .filter(m -> leadsTo(info, m.address()))
                .map(MemberSpec::name)
                .findFirst();
    }

    private static boolean leadsTo(ConnInfo info, HostPort address) {
        return info.address().equals(address.host() + ":" + address.port());
    }

    /** Lets a running follower follow another member; in force at once, without a restart. */
    public void follow(String follower, String upstream) {
        slotOn(upstream, settings.inForce(follower, SLOT));
        ConnInfo info = ConnInfo.parse(settings.inForce(follower, CONNINFO));
        settings.write(follower, CONNINFO, Optional.of(to(info, upstream).reveal()));
    }

    /** Writes the files of a member that is down so that its next start follows a primary. */
    public void prepare(String member, String primary) {
        Host host = new Host(engine, member);
        AutoConf conf = host.autoConf();
        ConnInfo own = conf.get(CONNINFO).map(ConnInfo::parse).orElseGet(() -> template(member, primary));
        AutoConf next = conf.with(CONNINFO, to(own, primary).reveal());
        Optional<String> slot = conf.get(SLOT).filter(s -> !s.isEmpty()).or(() -> slotLikeOthers(member));
        if (slot.isPresent()) {
            slotOn(primary, slot.get());
            next = next.with(SLOT, slot.get());
        }
        host.write(next);
        host.becomeFollower();
    }

    private ConnInfo to(ConnInfo info, String upstream) {
        HostPort a = engine.spec().member(upstream).address();
        return info.with("host", a.host()).with("port", Integer.toString(a.port()));
    }

    /** How others log in to follow, for a member that never followed anybody. */
    private ConnInfo template(String member, String primary) {
        for (String other : new Roles(engine).names()) {
            if (!other.equals(member) && new Roles(engine).of(other) != Roles.Answer.SILENT) {
                String text = settings.inForce(other, CONNINFO);
                if (!text.isEmpty()) {
                    return ConnInfo.parse(text).with("application_name", member);
                }
            }
        }
        throw GdsDatabaseException.engine("PG-NO-CONNINFO")
                .message("member " + member
                        + " has no primary_conninfo, and no member that answers has one to learn from" + " (primary "
                        + primary + ").")
                .remedy("set primary_conninfo on " + member + " by ALTER SYSTEM while it runs; it does no harm there.")
                .build();
    }

    /** A cluster whose followers use slots named after themselves gives its former primary one as well. */
    private Optional<String> slotLikeOthers(String member) {
        for (String other : new Roles(engine).names()) {
            if (!other.equals(member) && new Roles(engine).of(other) == Roles.Answer.FOLLOWER) {
                String slot = settings.inForce(other, SLOT);
                if (slot.equals(other.toLowerCase(java.util.Locale.ROOT))) {
                    return Optional.of(member.toLowerCase(java.util.Locale.ROOT));
                }
            }
        }
        return Optional.empty();
    }

    /** Makes sure that a slot is there before somebody relies on it. */
    private void slotOn(String upstream, String slot) {
        if (slot.isEmpty()) {
            return;
        }
        engine.connections().onMember(upstream, s -> {
            if (s.query("SELECT 1 AS one FROM pg_replication_slots WHERE slot_name = ?", r -> 1, slot)
                    .isEmpty()) {
                s.execute(SqlText.of("SELECT pg_create_physical_replication_slot({}, true)", Literal.of(slot)));
            }
            return slot;
        });
    }

    /** Drops slots on a follower that hold log for members who follow somebody else by now: they would hold it for ever. */
    public void dropStaleSlots(String member) {
        staleSlots(member).forEach(slot -> dropIdle(member, slot));
    }

    /** Slots on a follower for members who follow somebody else. */
    public List<String> staleSlots(String member) {
        Roles roles = new Roles(engine);
        List<String> out = new ArrayList<>();
        for (String other : roles.names()) {
            Roles.Answer answer = roles.of(other);
            if (other.equals(member) || answer == Roles.Answer.SILENT) {
                continue;
            }
            // the primary keeps the name of the slot that it had as a follower
            String slot = settings.inForce(other, SLOT);
            boolean followsHere = answer == Roles.Answer.FOLLOWER
                    && upstream(other).filter(member::equals).isPresent();
            if (!slot.isEmpty() && !followsHere && hasSlot(member, slot)) {
                out.add(slot);
            }
        }
        return out;
    }

    private boolean hasSlot(String member, String slot) {
        return !slots(member, slot, false).isEmpty();
    }

    /** Whether nobody reads from any of these slots, so that they can be dropped. */
    public boolean areIdle(String member, List<String> slots) {
        return slots.stream().allMatch(slot -> slots(member, slot, true).isEmpty());
    }

    private List<String> slots(String member, String slot, boolean activeOnly) {
        return engine.connections()
                .onMember(
                        member,
                        s -> s.query(
                                "SELECT slot_name::text AS name FROM pg_replication_slots WHERE slot_name = ? AND slot_type ="
                                        + " 'physical' AND (active OR NOT ?)",
                                r -> r.text("name"),
                                slot,
                                activeOnly));
    }

    private void dropIdle(String member, String slot) {
        engine.connections().onMember(member, s -> {
            boolean idle = !s.query(
                            "SELECT 1 AS one FROM pg_replication_slots WHERE slot_name = ? AND slot_type = 'physical' AND NOT"
                                    + " active",
                            r -> 1,
                            slot)
                    .isEmpty();
            if (idle) {
                s.execute(SqlText.of("SELECT pg_drop_replication_slot({})", Literal.of(slot)));
            }
            return slot;
        });
    }
}
