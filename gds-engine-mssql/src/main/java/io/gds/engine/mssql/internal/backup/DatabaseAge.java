package io.gds.engine.mssql.internal.backup;

import java.util.Optional;

/**
 * A database before a plan.
 *
 * @param id its number on this instance
 * @param name its name
 * @param shared what it is called on all replicas of its availability group; empty when it is in none
 * @param judged whether this instance is where it is saved: it is neither a copy that follows another server nor out of use
 * @param readOnly whether nobody may write to it; then the server does not write down checks either
 * @param checked when a check last found nothing
 */
record DatabaseAge(int id, String name, Optional<String> shared, boolean judged, boolean readOnly, Age checked) {}
