package org.selfdiff.headless.runner.command;

import java.util.Locale;
import org.selfdiff.headless.runner.ExitCode;

/** What {@code --help} prints. */
public final class Help {
    private static final String TEXT =
            """
            Usage: ./selfdiff COMMAND

              run WORKFLOW [options]   run a KNIME workflow folder or .knwf file made of this extension's nodes
              picture WORKFLOW [FILE]  draw a workflow; default file: workflow.svg in its folder
              build                    build everything, update site included
              test                     build and run all tests (mvn verify)
              doctor                   say what this machine has and what is missing
              clean                    remove what was built

            Options of run:
              --set NAME=VALUE         set a workflow variable
              --set NODE/SETTING=VALUE set a setting; NODE is its number or name, e.g. 4/steps=100
              --device DEVICE          auto, cpu, cuda or cuda:0, for every node that has a device setting
              --out FOLDER             results folder; default results/WORKFLOW-DATE-TIME
              --threads N              how many nodes may run at once; default: the number of cores
              --no-save                keep no results
              --quiet                  print only warnings, problems and the final table

            The same in the words of KNIME's batch executor:
              -workflowDir=FOLDER  -workflowFile=FILE.knwf  -destDir=FOLDER  -nosave  -reset
              -workflow.variable=NAME,VALUE,TYPE            TYPE is String, int or double
              -option=NODE-ID,SETTING,VALUE,TYPE            SETTING may be GROUP/SETTING

            With KNIME_HOME set to a KNIME installation that has this extension, KNIME runs the workflow instead.
            SELFDIFF_JAVA_OPTS is handed to Java, for instance -Xmx8g.

            Exit status:
            """;

    private Help() {}

    /** The whole text. */
    public static String text() {
        final StringBuilder text = new StringBuilder(TEXT);
        for (ExitCode code : ExitCode.values()) {
            text.append(String.format(Locale.ROOT, "  %3d  %s%n", code.status(), code.meaning()));
        }
        return text.toString();
    }
}
