package io.gds.engine.mongo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.DatabaseUser;
import io.gds.database.OperationResult;
import io.gds.database.Secret;
import io.gds.database.UserAdmin;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@ExtendWith(SharedSet.class)
class UsersTest {
    @ParameterizedTest
    @ValueSource(strings = {"kim", "kim \"k\" ü", "kim@example.org", "a.b.c", "$kim/{}"})
    void isCreatedWithoutRolesListedAndDropped(String name, AdminSet bed) {
        UserAdmin users = bed.facet(UserAdmin.class);

        assertThat(users.createUser(name, Secret.of("pass-1")).changed()).isTrue();
        assertThat(users.createUser(name, Secret.of("pass-2")).changed()).isFalse();
        assertThat(users.users())
                .filteredOn(u -> u.name().equals(name))
                .singleElement()
                .satisfies(u -> {
                    assertThat(u.canLogin()).isTrue();
                    assertThat(u.administrator()).isFalse();
                    assertThat(u.roles()).isEmpty();
                });
        assertThat(users.dropUser(name).changed()).isTrue();
        assertThat(users.dropUser(name).changed()).isFalse();
    }

    @Test
    void rolesAndAdministratorsAreTold(AdminSet bed) {
        run(bed, "admin", "boss", List.of("root"));
        run(bed, "admin", "reader", List.of(new Document("role", "read").append("db", "shop")));
        UserAdmin users = bed.facet(UserAdmin.class);

        assertThat(users.users())
                .contains(new DatabaseUser("boss", true, true, java.util.Set.of("root@admin")))
                .contains(new DatabaseUser("reader", true, false, java.util.Set.of("read@shop")));
        users.dropUser("boss");
        users.dropUser("reader");
    }

    @Test
    void userOfAnotherDatabaseGoesByBothNamesAndIsDroppedByThem(AdminSet bed) {
        run(bed, "shop", "kim.k", List.of("readWrite"));
        UserAdmin users = bed.facet(UserAdmin.class);

        assertThat(users.users()).extracting(DatabaseUser::name).contains("shop.kim.k");
        assertThat(users.dropUser("kim.k").changed()).isFalse();
        assertThat(users.dropUser("shop.kim.k").changed()).isTrue();
        assertThat(users.users()).extracting(DatabaseUser::name).doesNotContain("shop.kim.k");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b"})
    void nameThatNoServerTakesIsRefused(String name, AdminSet bed) {
        UserAdmin users = bed.facet(UserAdmin.class);
        assertThatThrownBy(() -> users.createUser(name, Secret.of("x"))).hasMessageContaining("GDS-NAME");
        assertThatThrownBy(() -> users.dropUser(name)).hasMessageContaining("GDS-NAME");
    }

    @Test
    void emptyPasswordIsRefused(AdminSet bed) {
        UserAdmin users = bed.facet(UserAdmin.class);
        assertThatThrownBy(() -> users.createUser("kim", Secret.of(""))).hasMessageContaining("GDS-USER-PASSWORD");
        assertThat(users.users()).extracting(DatabaseUser::name).doesNotContain("kim");
    }

    @Test
    void passwordIsNeitherInTheResultNorInARefusalNorInTheServersLog(AdminSet bed) throws Exception {
        UserAdmin users = bed.facet(UserAdmin.class);
        OperationResult made = users.createUser("quiet", Secret.of("do-not-show"));
        assertThat(made.toString()).doesNotContain("do-not-show");
        assertThat(users.users().toString()).doesNotContain("do-not-show");
        // a control character, which SCRAM does not allow
        assertThatThrownBy(() -> users.createUser("loud", Secret.of("do-not-show\u0007")))
                .satisfies(e -> {
                    for (Throwable t = e; t != null; t = t.getCause()) {
                        assertThat(String.valueOf(t)).doesNotContain("do-not-show");
                    }
                });
        assertThat(bed.primary().logFile()).content().doesNotContain("do-not-show");
        users.dropUser("quiet");
    }

    private static void run(AdminSet bed, String database, String user, List<?> roles) {
        bed.client()
                .getDatabase(database)
                .runCommand(new Document("createUser", user).append("pwd", "x").append("roles", roles));
    }
}
