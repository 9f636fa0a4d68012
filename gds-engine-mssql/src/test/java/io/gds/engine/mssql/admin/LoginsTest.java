package io.gds.engine.mssql.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gds.database.DatabaseUser;
import io.gds.database.OperationResult;
import io.gds.database.Secret;
import io.gds.database.UserAdmin;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LoginsTest {
    @TempDir
    private Path directory;

    @Test
    void loginsAreListedWithTheirRolesOnTheServerAndInDatabases() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue()
                    .login("app", "S", false, "securityadmin")
                    .login("CORP\\dba", "U", false, "sysadmin")
                    .login("gone", "S", true)
                    .login("signer", "C", false)
                    .user("shop", "app_user", Optional.of("app"), "db_datareader", "db_datawriter")
                    .user("shop", "bob", Optional.empty(), "db_owner");
            assertThat(server.facet(UserAdmin.class).users())
                    .containsExactlyInAnyOrder(
                            new DatabaseUser("sa", false, true, Set.of("sysadmin")),
                            new DatabaseUser("gds", true, true, Set.of("sysadmin")),
                            new DatabaseUser(
                                    "app",
                                    true,
                                    false,
                                    Set.of("securityadmin", "db_datareader@shop", "db_datawriter@shop")),
                            new DatabaseUser("CORP\\dba", true, true, Set.of("sysadmin")),
                            new DatabaseUser("gone", false, false, Set.of()),
                            new DatabaseUser("shop.bob", true, false, Set.of("db_owner@shop")));
        }
    }

    @Test
    void permissionsCountAsMuchAsRoles() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue()
                    .login("root", "S", false)
                    .login("shut", "S", false)
                    .grant("root", "CL")
                    .grant("shut", "COSQ")
                    .deny("shut", "COSQ")
                    .deny("shut", "CL");
            assertThat(server.facet(UserAdmin.class).users())
                    .contains(
                            new DatabaseUser("root", true, true, Set.of()),
                            new DatabaseUser("shut", false, false, Set.of()));
        }
    }

    @Test
    void aDatabaseThatIsNotOpenHidesItsUsersAndNothingElse() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.instance.database("old", "RECOVERY_PENDING");
            assertThat(server.facet(UserAdmin.class).users())
                    .extracting(DatabaseUser::name)
                    .contains("gds");
        }
    }

    @Test
    void aLoginComesAndGoes() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            UserAdmin users = server.facet(UserAdmin.class);
            String name = "o'neil]; DROP LOGIN [gds]--";
            OperationResult created = users.createUser(name, Secret.of("pass'word''--;1"));
            assertThat(created.changed()).isTrue();
            assertThat(created.detail()).contains("not encrypted");
            assertThat(server.catalogue().hasLogin(name, "pass'word''--;1")).isTrue();
            OperationResult again = users.createUser(name, Secret.of("another-password"));
            assertThat(again.changed()).isFalse();
            assertThat(server.catalogue().hasLogin(name, "pass'word''--;1")).isTrue();
            assertThat(users.dropUser(name).changed()).isTrue();
            assertThat(users.dropUser(name).changed()).isFalse();
            assertThat(users.users()).extracting(DatabaseUser::name).contains("gds");
        }
    }

    @Test
    void usersThatADroppedLoginLeavesAreNamed() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue().login("app", "S", false).user("shop", "app_user", Optional.of("app"));
            assertThat(server.facet(UserAdmin.class).dropUser("app").detail()).contains("app_user in shop");
            assertThat(server.catalogue().users("shop")).containsExactly("app_user");
        }
    }

    @Test
    void aUserWithAPasswordOfItsOwnIsDroppedFromItsDatabase() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue().user("shop", "bo]b's", Optional.empty());
            OperationResult dropped = server.facet(UserAdmin.class).dropUser("shop.bo]b's");
            assertThat(dropped.changed()).isTrue();
            assertThat(dropped.detail()).contains("shop");
            assertThat(server.catalogue().users("shop")).isEmpty();
        }
    }

    @Test
    void aLoginInUseOrWithDatabasesStays() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            UserAdmin users = server.facet(UserAdmin.class);
            assertThatThrownBy(() -> users.dropUser("gds")).hasMessageContaining("MSSQL-15434");
            server.catalogue().login("app", "S", false).owner("shop", "app");
            assertThatThrownBy(() -> users.dropUser("app"))
                    .hasMessageContaining("MSSQL-15174")
                    .hasMessageContaining("another owner");
        }
    }

    @Test
    void aPasswordThatIsRefusedIsNotRepeated() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            Throwable refused =
                    catchThrowable(() -> server.facet(UserAdmin.class).createUser("app", Secret.of("sho'rt")));
            assertThat(refused).hasMessageContaining("MSSQL-15116").hasMessageContaining("too short");
            StringWriter whole = new StringWriter();
            refused.printStackTrace(new PrintWriter(whole));
            assertThat(whole.toString()).doesNotContain("sho'rt", "sho''rt", "CREATE LOGIN");
        }
    }

    @Test
    void namesAndPasswordsThatNobodyCanHaveAreRefused() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            UserAdmin users = server.facet(UserAdmin.class);
            assertThatThrownBy(() -> users.createUser("CORP\\x", Secret.of("password-1")))
                    .hasMessageContaining("GDS-NAME")
                    .hasMessageContaining("account of Windows");
            assertThatThrownBy(() -> users.createUser("", Secret.of("password-1")))
                    .hasMessageContaining("GDS-NAME");
            assertThatThrownBy(() -> users.createUser("x", Secret.of(""))).hasMessageContaining("GDS-USER-PASSWORD");
            assertThatThrownBy(() -> users.createUser("x", Secret.of("z".repeat(129))))
                    .hasMessageContaining("129 characters")
                    .hasMessageNotContaining("zzz");
        }
    }
}
