package org.knime.core.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.config.Config;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectSpecZipInputStream;
import org.knime.core.node.port.PortObjectSpecZipOutputStream;

/** The columns of a table; their names are unique. */
public final class DataTableSpec implements PortObjectSpec, Iterable<DataColumnSpec> {

    private static final String DEFAULT_NAME = "default";

    private final String name;
    private final DataColumnSpec[] columns;
    private final Map<String, Integer> positions = new LinkedHashMap<>();

    public DataTableSpec(String name, DataColumnSpec... columns) {
        this.name = name == null ? DEFAULT_NAME : name;
        this.columns = columns.clone();
        for (int i = 0; i < columns.length; i++) {
            DataColumnSpec column = Objects.requireNonNull(columns[i], "column spec " + i);
            if (positions.put(column.getName(), i) != null) {
                throw new IllegalArgumentException("Duplicate column name \"" + column.getName() + "\"");
            }
        }
    }

    public DataTableSpec(DataColumnSpec... columns) {
        this(DEFAULT_NAME, columns);
    }

    public DataTableSpec() {
        this(DEFAULT_NAME, new DataColumnSpec[0]);
    }

    public DataTableSpec(String name) {
        this(name, new DataColumnSpec[0]);
    }

    public DataTableSpec(String[] names, DataType[] types) {
        this(DEFAULT_NAME, names, types);
    }

    public DataTableSpec(String name, String[] names, DataType[] types) {
        this(name, createColumnSpecs(names, types));
    }

    public DataTableSpec(DataTableSpec first, DataTableSpec second) {
        this(DEFAULT_NAME, first, second);
    }

    public DataTableSpec(String name, DataTableSpec first, DataTableSpec second) {
        this(name, Stream.concat(first.stream(), second.stream()).toArray(DataColumnSpec[]::new));
    }

    public static final DataColumnSpec[] createColumnSpecs(String[] names, DataType[] types) {
        if (names.length != types.length) {
            throw new IllegalArgumentException(names.length + " column names but " + types.length + " types");
        }
        DataColumnSpec[] specs = new DataColumnSpec[names.length];
        for (int i = 0; i < names.length; i++) {
            specs[i] = new DataColumnSpecCreator(names[i], types[i]).createSpec();
        }
        return specs;
    }

    public String getName() {
        return name;
    }

    public int getNumColumns() {
        return columns.length;
    }

    public DataColumnSpec getColumnSpec(int index) {
        return columns[index];
    }

    /** The column of that name or {@code null}. */
    public DataColumnSpec getColumnSpec(String columnName) {
        Integer position = positions.get(columnName);
        return position == null ? null : columns[position];
    }

    public boolean containsName(String columnName) {
        return positions.containsKey(columnName);
    }

    public boolean containsCompatibleType(Class<? extends DataValue> value) {
        return stream().anyMatch(column -> column.getType().isCompatible(value));
    }

    /** Position of the column or -1. */
    public int findColumnIndex(String columnName) {
        return positions.getOrDefault(columnName, -1);
    }

    public int[] columnsToIndices(String... names) {
        return Arrays.stream(names).mapToInt(this::findColumnIndex).toArray();
    }

    public final String[] getColumnNames() {
        return positions.keySet().toArray(String[]::new);
    }

    /** The suggested name, or with a number in brackets if the spec has it already. */
    public static String getUniqueColumnName(DataTableSpec spec, String suggested) {
        String candidate = suggested;
        for (int i = 1; spec.containsName(candidate); i++) {
            candidate = suggested + " (#" + i + ")";
        }
        return candidate;
    }

    /** True for columns of the same names and types in the same order; nothing else counts. */
    public boolean equalStructure(DataTableSpec other) {
        if (other == null || columns.length != other.columns.length) {
            return false;
        }
        for (int i = 0; i < columns.length; i++) {
            if (!columns[i].equalStructure(other.columns[i])) {
                return false;
            }
        }
        return true;
    }

    public boolean isCompatibleWith(DataTableSpec other) {
        if (other == null || columns.length != other.columns.length) {
            return false;
        }
        for (int i = 0; i < columns.length; i++) {
            if (!columns[i].isCompatibleWith(other.columns[i])) {
                return false;
            }
        }
        return true;
    }

    public void save(ConfigWO config) {
        config.addString("spec_name", name);
        config.addInt("number_columns", columns.length);
        for (int i = 0; i < columns.length; i++) {
            columns[i].save(config.addConfig("column_spec_" + i));
        }
    }

    public static DataTableSpec load(ConfigRO config) throws InvalidSettingsException {
        DataColumnSpec[] columns = new DataColumnSpec[config.getInt("number_columns")];
        for (int i = 0; i < columns.length; i++) {
            Config column = config.getConfig("column_spec_" + i);
            columns[i] = DataColumnSpec.load(column);
        }
        return new DataTableSpec(config.getString("spec_name"), columns);
    }

    @Override
    public Iterator<DataColumnSpec> iterator() {
        return Arrays.asList(columns).iterator();
    }

    public Stream<DataColumnSpec> stream() {
        return Arrays.stream(columns);
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataTableSpec spec && name.equals(spec.name) && Arrays.equals(columns, spec.columns);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, Arrays.hashCode(columns));
    }

    @Override
    public String toString() {
        return Arrays.toString(columns);
    }

    /** Writes specs as one XML entry. */
    public static final class Serializer extends PortObjectSpecSerializer<DataTableSpec> {

        @Override
        public void savePortObjectSpec(DataTableSpec spec, PortObjectSpecZipOutputStream out) throws IOException {
            ModelContent content = new ModelContent("spec");
            spec.save(content);
            out.putNextEntry(new ZipEntry("spec.xml"));
            content.saveToXML(out);
            out.closeEntry();
        }

        @Override
        public DataTableSpec loadPortObjectSpec(PortObjectSpecZipInputStream in) throws IOException {
            in.getNextEntry();
            try {
                return load(ModelContent.loadFromXML(new java.io.ByteArrayInputStream(in.readAllBytes())));
            } catch (InvalidSettingsException e) {
                throw new IOException("The stored table spec is damaged: " + e.getMessage(), e);
            }
        }
    }
}
