"""How people reach us; thin and alike, no rule of the business."""
