package org.selfdiff;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfdiff.run.RunFailed;

/** Holds the table of packages in ARCHITECTURE.md: every arrow points down. */
class ArchitectureTest {
    private static JavaClasses all;

    @BeforeAll
    static void read() {
        all = new ClassFileImporter()
                .importUrl(RunFailed.class.getProtectionDomain().getCodeSource().getLocation());
    }

    @Test
    void everyPackageImportsOnlyWhatTheTableAllows() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("nodes")
                .definedBy("org.selfdiff.nodes..")
                .layer("ports")
                .definedBy("org.selfdiff.ports..")
                .layer("stages")
                .definedBy("org.selfdiff.stages..")
                .layer("train")
                .definedBy("org.selfdiff.train..")
                .layer("diffusion")
                .definedBy("org.selfdiff.diffusion..")
                .layer("nn")
                .definedBy("org.selfdiff.nn..")
                .layer("data")
                .definedBy("org.selfdiff.data..")
                .layer("metrics")
                .definedBy("org.selfdiff.metrics..")
                .layer("imaging")
                .definedBy("org.selfdiff.imaging..")
                .layer("model")
                .definedBy("org.selfdiff.model..")
                .layer("weights")
                .definedBy("org.selfdiff.weights..")
                .layer("tensors")
                .definedBy("org.selfdiff.tensors..")
                .layer("engine")
                .definedBy("org.selfdiff.engine..")
                .layer("run")
                .definedBy("org.selfdiff.run..")
                .whereLayer("nodes")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("ports")
                .mayOnlyBeAccessedByLayers("nodes")
                .whereLayer("stages")
                .mayOnlyBeAccessedByLayers("nodes")
                .whereLayer("train")
                .mayOnlyBeAccessedByLayers("stages", "nodes")
                .whereLayer("diffusion")
                .mayOnlyBeAccessedByLayers("stages", "nodes")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers("stages", "nodes", "ports")
                .whereLayer("nn")
                .mayOnlyBeAccessedByLayers("stages", "nodes", "model")
                .whereLayer("data")
                .mayOnlyBeAccessedByLayers("stages", "nodes")
                .whereLayer("metrics")
                .mayOnlyBeAccessedByLayers("stages", "nodes")
                .whereLayer("imaging")
                .mayOnlyBeAccessedByLayers("stages", "nodes", "data")
                .whereLayer("weights")
                .mayOnlyBeAccessedByLayers("stages", "nodes", "ports", "train", "nn", "model")
                .check(all);
    }

    /** Compute below all, slides above it, then what learns; whoever is higher may know all that is lower. */
    @Test
    void themesOfStagesKnowOnlyLowerOnes() {
        final List<String> order =
                List.of("compute", "slides", "diffusion", "encoders", "segmentation", "bags", "classification");
        for (int low = 0; low < order.size(); low++) {
            noClasses()
                    .that()
                    .resideInAPackage("org.selfdiff.stages." + order.get(low) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(order.subList(low + 1, order.size()).stream()
                            .map(theme -> "org.selfdiff.stages." + theme + "..")
                            .toArray(String[]::new))
                    .allowEmptyShould(true)
                    .check(all);
        }
    }

    @Test
    void everyStageAndNodeHasATheme() {
        final String themes = "(slides|diffusion|encoders|segmentation|bags|classification)";
        classes()
                .that()
                .resideInAPackage("org.selfdiff.stages..")
                .should()
                .haveNameMatching("org[.]selfdiff[.]stages[.](compute|" + themes + ")[.].*")
                .check(all);
        classes()
                .that()
                .resideInAPackage("org.selfdiff.nodes..")
                .should()
                .haveNameMatching("org[.]selfdiff[.]nodes[.](MovedNodes|common[.].*|" + themes + "[.][a-z]+[.].*)")
                .check(all);
    }

    @Test
    void knimeIsKnownOnTopOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.selfdiff.nodes..", "org.selfdiff.ports..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.knime..")
                .check(all);
    }

    @Test
    void djlIsKnownAtTheBottomOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.selfdiff.tensors..", "org.selfdiff.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(all);
    }

    @Test
    void hdf5IsKnownAtOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.selfdiff.data.features..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.jhdf..")
                .check(all);
    }

    @Test
    void runImportsNothing() {
        classes()
                .that()
                .resideInAPackage("org.selfdiff.run..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.selfdiff.run..", "java..")
                .check(all);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.selfdiff.(**)").should().beFreeOfCycles().check(all);
    }

    @Test
    void namesAreTheFieldsOwn() {
        noClasses().should().haveNameMatching(".*(Impl|Helper|Utils?|Manager)$").check(all);
    }
}
