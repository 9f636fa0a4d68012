package io.gds.database.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.gds.database.core.FakeEngineProvider;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSpecsTest {
    private final ClusterSpecs specs =
            new ClusterSpecs(Map.of("fake", new FakeEngineProvider()), Set.of("env", "file"));

    private static final String GOOD =
            """
            # the orders cluster
            engine: fake
            name: orders
            environment: production
            password: env:ORDERS_PASSWORD
            members:
              - host: a
                port: 5432
              - {host: "b", port: 5433}
            """;

    @Test
    void yamlAndJsonGiveTheSameReference() {
        String json =
                """
                {"engine": "fake", "name": "orders", "environment": "production", "password": "env:ORDERS_PASSWORD",
                 "members": [{"host": "a", "port": 5432}, {"host": "b", "port": 5433}]}""";
        ClusterRef yaml = specs.read(GOOD, "orders.yaml");
        assertThat(yaml).isEqualTo(specs.read(json, "orders.json")).isEqualTo(specs.read(json, "text"));
        assertThat(yaml.engine()).isEqualTo("fake");
        assertThat(yaml.name()).isEqualTo("orders");
        assertThat(yaml.spec().has("engine")).isFalse();
        assertThat(yaml.spec().objects("members").get(1).integer("port")).isEqualTo(5433);
        specs.check(yaml);
    }

    @Test
    void anEngineCompletesASpecFromFilesBesideIt(@TempDir Path directory) throws Exception {
        ClusterSpecs completing = completing((spec, from) -> spec.with("environment", from.toString()));
        Path file = Files.writeString(directory.resolve("orders.yaml"), GOOD);
        assertThat(completing.read(file).spec().string("environment")).isEqualTo(directory.toString());
        assertThat(completing.read(GOOD, "orders.yaml").spec().string("environment"))
                .isEqualTo(Path.of("").toAbsolutePath().toString());
    }

    @Test
    void whatCameFromAFileIsCheckedAsWell() {
        ClusterSpecs completing = completing((spec, from) -> spec.with("password", "hunter2"));
        assertThatThrownBy(() -> completing.read(GOOD, "orders.yaml"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("password: found ***")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aSpecThatCouldNotBeReadIsNotCompleted() {
        ClusterSpecs completing = completing((spec, from) -> {
            throw new AssertionError("called");
        });
        assertThatThrownBy(() -> completing.read(GOOD + "x: [", "orders.yaml"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("a syntax error");
        assertThatThrownBy(() -> completing.read("engine: other\nname: a\n", "orders.yaml"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("found other");
    }

    @Test
    void whatAnEngineRefusesReachesTheCallerAndItsFaultsAreItsOwn() {
        GdsDatabaseException refusal =
                GdsDatabaseException.user("GDS-FILE").message("not there").build();
        assertThatThrownBy(() -> completing((spec, from) -> {
                            throw refusal;
                        })
                        .read(GOOD, "orders.yaml"))
                .isSameAs(refusal);
        assertThatThrownBy(() -> completing((spec, from) -> {
                            throw new IllegalStateException("broken");
                        })
                        .read(GOOD, "orders.yaml"))
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("GDS-PLUGIN")
                .hasMessageContaining("failed to complete a spec");
    }

    private static ClusterSpecs completing(BiFunction<Params, Path, Params> completion) {
        FakeEngineProvider provider = new FakeEngineProvider() {
            @Override
            public Params complete(Params spec, Path directory) {
                return completion.apply(spec, directory);
            }
        };
        return new ClusterSpecs(Map.of("fake", provider), Set.of("env", "file"));
    }

    @Test
    void twentyMistakesGiveTwentyProblemsWithTheirLines() {
        String yaml =
                """
                engine: fake
                environment: 3
                colour: red
                colour: blue
                # ratio: 1.5 would be one more
                # nothing wrong here
                password: hunter2
                adminSecret: 12345
                apiTokens:
                  - env:GOOD
                  - hunter3
                url: postgres://me:hunter4@db/orders
                mode: 0600
                huge: 99999999999999999999
                shared: &s {x: y}
                copy: *s
                special: !!binary aGk=
                members:
                  - host: 7
                    port: 70000
                  - null
                  - port: ten
                    port: 11
                  - host: c
                    port: 1.25
                """;
        List<Problem> problems = problems(yaml, "orders.yaml");
        assertThat(problems).hasSize(20);
        assertThat(problems.stream().map(p -> p.location().replace("orders.yaml line ", "") + " " + p.field()))
                .containsExactly(
                        "1 name",
                        "2 environment",
                        "3 colour",
                        "4 colour",
                        "7 password",
                        "8 adminSecret",
                        "11 apiTokens[1]",
                        "12 url",
                        "13 mode",
                        "14 huge",
                        "15 shared",
                        "16 copy",
                        "17 special",
                        "19 members[0].host",
                        "20 members[0].port",
                        "21 members[1]",
                        "22 members[2].host",
                        "22 members[2].port",
                        "23 members[2].port",
                        "25 members[3].port");
    }

    private List<Problem> problems(String text, String source) {
        InvalidSpecException e = catchThrowableOfType(InvalidSpecException.class, () -> specs.read(text, source));
        assertThat(e).as("a refusal").isNotNull();
        assertThat(e.getMessage()).doesNotContain("hunter");
        return e.problems();
    }

    @Test
    void theSameMistakesInJsonGiveTheSameFields() {
        String json =
                """
                {
                  "engine": "fake",
                  "name": "orders",
                  "password": 1.5,
                  "nothing": null,
                  "members": [
                    {"host": "a", "port": 0}
                  ]
                }""";
        assertThat(problems(json, "orders.json"))
                .extracting(Problem::location, Problem::field, Problem::found)
                .containsExactly(
                        tuple("orders.json line 4", "password", "***"),
                        tuple("orders.json line 5", "nothing", "nothing"),
                        tuple("orders.json line 7", "members[0].port", "0"));
    }

    @Test
    void whatIsMissingOrUnknownIsNamedTogetherWithWhatIsKnown() {
        assertThat(problems("environment: test\n", "a.yaml"))
                .extracting(Problem::field)
                .containsExactly("engine", "name");
        Problem unknown = problems("name: x\nengine: oracle\n", "a.yaml").get(0);
        assertThat(unknown)
                .hasToString("a.yaml line 2: engine: found oracle, expected one of [fake]; for another one add"
                        + " the engine's jar");
        assertThat(problems("engine: fake\nname: x\n", "a.yaml"))
                .containsExactly(new Problem("a.yaml line 1", "members", "nothing", "a list of members"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "engine: fake\npassword: \"hunter2\nname: x\n",
                "{\"engine\": \"fake\",\n \"password\": hunter2}",
                "engine: fake\nname: [a, b\n",
                "engine: fake\n\tname: x\n",
                "engine: @fake\n",
                "a: b: c\n",
                "{"
            })
    void aSyntaxErrorIsOneProblemWithoutTheTextAroundIt(String text) {
        List<Problem> problems = problems(text, "spec");
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).location()).matches("spec line [1-9][0-9]*");
        assertThat(problems.get(0).found()).startsWith("a syntax error at column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \n", "- a\n", "just words", "[1]", "null", "# only a comment\n"})
    void anythingButAnObjectIsRefused(String text) {
        assertThat(problems(text, "a.yaml")).hasSize(1);
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThat(problems(GOOD + "---\nengine: fake\n", "a.yaml"))
                .extracting(Problem::found)
                .containsExactly("a second document");
    }

    @Test
    void deepNestingAndAliasBombsAreRefused() {
        assertThat(problems("engine: " + "[".repeat(5000), "a.yaml")).hasSize(1);
        String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n" + GOOD;
        assertThat(problems(bomb, "a.yaml").stream().filter(p -> p.found().equals("a YAML alias")))
                .hasSize(4);
    }

    @Test
    void wordsThatYamlOneDotOneTakesForBooleansAreWords() {
        assertThat(specs.read(GOOD.replace("orders", "no"), "a.yaml").name()).isEqualTo("no");
    }

    @Test
    void aReferenceFromElsewhereIsCheckedToo() {
        ClusterRef literal = new ClusterRef("fake", "orders", Params.of("password", "hunter2", "members", List.of()));
        assertThatThrownBy(() -> specs.check(literal))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("cluster orders: password: found ***")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void filesAreBoundedAndMustBeText(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("orders.yaml");
        Files.writeString(file, GOOD);
        assertThat(specs.read(file).name()).isEqualTo("orders");
        Files.write(file, new byte[SpecText.MAX_BYTES + 1]);
        refused(file, "larger than");
        Files.write(file, new byte[] {(byte) 0xff, 1});
        refused(file, "not UTF-8");
        refused(dir.resolve("missing.yaml"), "cannot be read");
    }

    private void refused(Path file, String why) {
        assertThatThrownBy(() -> specs.read(file))
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("GDS-SPEC-FILE")
                .hasMessageContaining(why);
    }
}
