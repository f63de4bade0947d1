"""Speed and accuracy, as ratios in one run where there is a peer."""
