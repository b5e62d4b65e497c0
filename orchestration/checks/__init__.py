"""What must hold before an issue is final: consistency rules, expectations, the gate."""
