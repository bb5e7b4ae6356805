package dev.ortune.dataset;

import java.util.List;

/**
 * A file with whatever faults its rows have.
 *
 * @param examples the rows that can be read
 * @param source where they come from; its count is that of all rows
 * @param faults the first of the others
 * @param faultyRows how many others there are
 */
public record InspectedDataset(
        List<NumberedExample> examples,
        DatasetSource source,
        List<RowFault> faults,
        long faultyRows) {

    public InspectedDataset {
        examples = List.copyOf(examples);
        faults = List.copyOf(faults);
    }
}
